"""The commands that look and change: the same ones as the JSON API's."""

import argparse
import json
from typing import Any

from alipay_simulator.folder import DataFolder

from . import running


def run(options: argparse.Namespace) -> int:
    """Do what was asked on the folder's own database.

    A running server notices within a moment, and sends the news.
    """
    folder = DataFolder(options.data)
    if not running.is_there(folder):
        return running.fail(2, f"No simulator has run in {folder.path} yet.")
    running.start_django(folder, **running.as_it_was_served(folder))
    # Only now can anything that has models be imported.
    from django.db import DatabaseError

    from alipay_simulator.control.asked import BadRequest, Conflict, NotFound
    from alipay_simulator.rules.acts import Unknown
    from alipay_simulator.rules.refusals import CannotPay

    from . import asking, telling

    try:
        told = asking.ask(options)
    except (BadRequest, NotFound, Unknown) as problem:
        return running.fail(2, str(problem))
    except Conflict as problem:
        return running.fail(1, str(problem))
    except CannotPay as refusal:
        return running.fail(1, f"Refused: {refusal.reason}")
    except DatabaseError as problem:
        return running.fail(
            1, f"The database in {folder.path} cannot be used: {problem}"
        )
    if options.json:
        running.say(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for line in telling.lines(options, told):
            running.say(line)
    return _status(options, told)


def _status(options: argparse.Namespace, told: dict[str, Any]) -> int:
    return 1 if options.command == "bank" and not told["adds_up"] else 0

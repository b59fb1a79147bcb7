"""``export`` and ``import``: the whole state as one file. They need no Django."""

import argparse
from collections.abc import Callable

from alipay_simulator import archive
from alipay_simulator.folder import DataFolder

from . import running


def export(options: argparse.Namespace) -> int:
    """Write the state at this moment to a new file."""
    try:
        archive.export(DataFolder(options.data), options.file)
    except archive.Unusable as problem:
        return running.fail(1, str(problem))
    running.say(f"{options.file}")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Put an exported state into a folder that is empty or not there."""
    if not options.file.is_file():
        return running.fail(2, f"There is no file {options.file}.")
    folder = DataFolder(options.data)
    try:
        archive.unpack(options.file, folder)
    except archive.Unusable as problem:
        return running.fail(1, str(problem))
    running.say(f"{folder.path}")
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "export": export,
    "import": restore,
}

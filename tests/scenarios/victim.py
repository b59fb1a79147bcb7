"""A worker of ours that is killed hard at a chosen line.

Run as ``python -m tests.scenarios.victim ACT ID before|after MODULE:NAME``: it does
the act on the row, and ``kill -9`` strikes just before or just after that function.
"""

import os
import signal
import sys
from importlib import import_module

import django


def _die_at(place: str, when: str) -> None:
    module_name, name = place.split(":")
    module = import_module(module_name)
    victim = getattr(module, name)

    def deadly(*args, **kwargs):
        if when == "after":
            victim(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, deadly)


def _do(act: str, row_id: int) -> None:
    from escrow import commands as escrow
    from kernel import clock
    from payments import commands as payments
    from payments.models import Attempt, Charge, Refund

    at = clock.now()
    if act == "start":
        charge = Charge.objects.get(pk=row_id)
        payments.start_attempt(charge=charge, method=Attempt.Method.QR, at=at)
    elif act == "check":
        attempt = Attempt.objects.select_related("charge").get(pk=row_id)
        payments.check_attempt(attempt=attempt, at=at)
    elif act == "refund":
        refund = Refund.objects.select_related("attempt").get(pk=row_id)
        payments.send_refund(refund=refund, at=at)
    elif act == "release":
        escrow.release_holds(hold_ids=[row_id], by=None, at=at, note="the time is over")


if __name__ == "__main__":
    act, row, when, place = sys.argv[1:]
    django.setup()
    _die_at(place, when)
    _do(act, int(row))

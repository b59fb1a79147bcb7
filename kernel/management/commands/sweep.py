"""``manage.py sweep [NAME] [--until ISO]``: run what is due now, in deadline order.

A real marketplace keeps its deadlines when they come: only the demo travels in time.
"""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kernel import clock, sweeps


class Command(BaseCommand):
    help = "Run due sweeps now, in deadline order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="one sweep; all when left out")
        parser.add_argument(
            "--until", metavar="ISO", help="as if it were this moment (demo mode only)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        names = [one.name for one in sweeps.all_sweeps()]
        chosen = options["name"]
        if chosen and chosen not in names:
            raise CommandError(
                f"There is no sweep {chosen!r}. Known: {', '.join(names)}"
            )
        ran = sweeps.run_due(
            until=self._until(options["until"]), names=[chosen] if chosen else None
        )
        for name, rows in ran:
            self.stdout.write(f"{name}: {rows}")
        if not ran:
            self.stdout.write("Nothing was due.")

    def _until(self, given: str | None) -> datetime:
        if given is None:
            return clock.now()
        if not settings.TIME_TRAVEL:
            raise CommandError(
                "--until travels in time: it works in demo mode only (DANBAO_DEMO)."
            )
        try:
            moment = parse_datetime(given)
        except ValueError:
            moment = None
        if moment is None:
            raise CommandError(f"--until is not an ISO date and time: {given!r}")
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment)
        return moment

"""``manage.py reconcile [DAY]``: read, compare, print; exit 1 on any difference."""

import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kernel import clock
from kernel.money import from_minor
from payments.reconciliation import commands, days
from payments.reconciliation.models import Day, Difference


class Command(BaseCommand):
    help = "Read providers' statements and compare them with our books, line by line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "day",
            nargs="?",
            help="a finished Beijing day, YYYY-MM-DD; "
            "without one: all that are not done with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        day = self._day(options["day"]) if options["day"] else None
        if day and day > days.last_finished(at):
            raise CommandError(f"{day} is not over yet in Beijing; wait until it is.")
        report = commands.reconcile(day=day, at=at)
        if day and not report.days:
            raise CommandError(f"There is no statement of {day}: nobody paid so early.")
        if not report.days:
            self.stdout.write("No day to compare.")
        for one in report.days:
            self.stdout.write(_row(one))
        for difference in report.differences:
            self.stdout.write(f"  {_words(difference)}")
        if not report.is_clean:
            self.stderr.write(
                f"{len(report.differences)} differences, "
                f"{len(report.unread)} days not read."
            )
            sys.exit(1)
        self.stdout.write(f"No difference; {report.awaited} awaited on later days.")

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as wrong:
            raise CommandError(f"no day: {text!r}; write YYYY-MM-DD.") from wrong


def _row(day: Day) -> str:
    if day.statement_id is None:
        return f"{day}: not read: {day.last_answer or 'not fetched yet'}"
    return (
        f"{day}: version {day.version}, {day.lines} lines, "
        f"{day.matched} matched, {day.missing_here} missing here, "
        f"{day.missing_there} missing there, {day.amount_differs} amounts differ, "
        f"{day.status_differs} states differ, {day.awaited} awaited"
    )


def _words(one: Difference) -> str:
    theirs, ours = "nothing", "nothing"
    if one.theirs_minor is not None:
        theirs = str(from_minor(one.theirs_minor, one.theirs_currency))
    if one.ours_minor is not None:
        ours = f"{from_minor(one.ours_minor, one.ours_currency)} ({one.ours_status})"
    name = one.refund_number or one.number or one.provider_number
    return f"{one.day}: {one.finding}: {one.kind} {name}: theirs {theirs}, ours {ours}"

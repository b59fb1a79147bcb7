"""``manage.py check_books``: prove the books; exit 1 on any difference."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from escrow import books
from escrow.ledger import accounts, queries
from kernel.money import from_minor


class Command(BaseCommand):
    help = "Prove the ledger against itself, the holds, the payments and the orders."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            results = books.run()
            balances = queries.trial_balance()
        self._print_balances(balances)
        self._print_results(results)
        differences = sum(len(result.differences) for result in results)
        if differences:
            self.stderr.write(f"{differences} differences.")
            sys.exit(1)
        self.stdout.write(f"{len(results)} checks, no difference.")

    def _print_balances(self, balances: list[tuple[str, str, int]]) -> None:
        """Owners' accounts added up, so that the table stays short."""
        totals: dict[tuple[str, str], int] = {}
        for code, currency, minor in balances:
            owned = not code.startswith("psp_receivable")
            name = code.partition(":")[0] if owned else code
            totals[name, currency] = totals.get((name, currency), 0) + minor
        for (name, currency), minor in sorted(totals.items()):
            amount = from_minor(minor, currency).amount
            self.stdout.write(
                f"{name:28} {accounts.label(name):28} {amount:>18} {currency}"
            )

    def _print_results(self, results: list[books.Result]) -> None:
        width = max(len(result.check.name) for result in results)
        for result in results:
            word = "differs" if result.differences else "ok"
            self.stdout.write(
                f"{result.check.name:{width}}  {word:8} {result.check.rule}"
            )
            for difference in result.differences:
                self.stdout.write(f"{'':{width}}  - {difference}")

"""``manage.py seed_demo``: people, shops, goods and pictures of the demo."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kernel import clock
from marketplace.seeding import planting


class Command(BaseCommand):
    help = "Add what is missing of the demo's people, shops, goods and pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-pictures",
            action="store_false",
            dest="pictures",
            help="leave the pictures out (they take the longest)",
        )

    def handle(self, *args: Any, pictures: bool = True, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "its accounts have a known password: only with DANBAO_DEMO=true"
            )
        products = planting.plant(at=clock.now())
        painted = planting.paint() if pictures else 0
        if options["verbosity"] > 0:
            self.stdout.write(f"{products} products and {painted} pictures added")

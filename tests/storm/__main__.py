"""``make storm``: orders are paid while everything fails, then both sides' books agree.

Prints its seed first: the same seed rolls the same dice, though not the same races.
"""

import argparse
import contextlib
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from queue import Empty, Queue
from typing import TYPE_CHECKING

from config.processes import Stack
from config.smoke.__main__ import throw_away_stack

if TYPE_CHECKING:
    from tests.storm.crowd import Shopper

BUYERS = 8
# T1 and T4 of the rules, each with an hour on top; and the gateway's news of a refund.
PAST_THE_DEADLINE = timedelta(hours=25)
PAST_SHIPPING = timedelta(days=3)
HOUR = timedelta(hours=1)
STATEMENTS_ARE_THERE = timedelta(days=3)
SETTLES_WITHIN_HOURS = 40
QUIET_SECONDS = 12


def main() -> int:
    options = _options()
    print(f"storm: seed {options.seed}, {options.orders} orders, {options.kills} kills")
    with throw_away_stack() as stack:
        return Storm(stack, options).pass_over()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.storm", description=__doc__)
    parser.add_argument("--orders", type=int, default=300)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    return parser.parse_args()


class Storm:
    """One storm over one stack, from the first cloud to the reckoning."""

    def __init__(self, stack: Stack, options: argparse.Namespace) -> None:
        # Django is set up by now.
        from tests.storm.weather import Sky

        self.stack, self.options = stack, options
        self.sky = Sky(stack)
        self.began = time.monotonic()
        self.stories: Counter[str] = Counter()
        self.repeats = 0
        self.problems: list[str] = []

    def pass_over(self) -> int:
        from tests.storm.weather import lightning

        self._stock_up()
        self._open_doors()
        self.sky.darken()
        every = self.options.orders / (2 * self.options.kills)
        kills = self.options.kills - 2
        with lightning(
            self.stack, kills=kills, every=every, seed=self.options.seed
        ) as strikes:
            self._crowd()
        self._say(f"the crowd has gone: {self.stories}, {self.repeats} presses again")
        with lightning(self.stack, kills=2, every=5, seed=self.options.seed) as more:
            self._travel(PAST_THE_DEADLINE)
            self._wait(20)
            self._travel(PAST_SHIPPING)
            self._wait(20)
        self._say(f"killed: {strikes.struck + more.struck}")
        self._say(f"faults: {self.sky.clear()}")
        self._settle()
        # Nothing happens any more: the last day's statement, and the one after it.
        self._travel(STATEMENTS_ARE_THERE)
        return self._reckon()

    def _stock_up(self) -> None:
        from marketplace.models import Variant

        Variant.objects.update(on_hand=100_000)
        self.sky.ask("people/jun/top_up", {"amount": "900000.00"})

    def _open_doors(self) -> None:
        """The buyers arrive while all is well."""
        from config.smoke.browser import Browser
        from tests.storm.crowd import Shopper

        self.goods = list(_goods(Browser(self.stack.origin)))
        seeds = range(self.options.seed, self.options.seed + BUYERS)
        self.shoppers = [Shopper(self.stack, seed=seed) for seed in seeds]
        for shopper in self.shoppers:
            shopper.arrive()

    def _crowd(self) -> None:
        orders: Queue[int] = Queue()
        for number in range(self.options.orders):
            orders.put(number)

        def live(shopper: "Shopper") -> None:
            while True:
                orders.get_nowait()
                shopper.shop(self.goods)

        threads = [
            threading.Thread(target=self._guarded, args=(live, shopper))
            for shopper in self.shoppers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for shopper in self.shoppers:
            self.stories += shopper.stories
            self.repeats += shopper.repeats

    def _guarded(self, live: Callable[..., None], shopper: "Shopper") -> None:
        """An empty queue ends a buyer's day; anything else is a problem to tell."""
        from django.db import connection

        try:
            live(shopper)
        except Empty:
            pass
        except Exception as problem:  # noqa: BLE001  (told at the end)
            self.problems.append(f"a buyer gave up: {problem!r}")
        finally:
            connection.close()

    def _travel(self, how_far: timedelta) -> None:
        from kernel import clock

        clock.advance_to(clock.now() + how_far)
        self.sky.ask("clock", {"set": clock.now().isoformat()})

    def _wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def _settle(self) -> None:
        """Fair weather, hour after hour, until nothing waits for an answer."""
        from tests.storm.reckoning import unsettled

        for _hour in range(SETTLES_WITHIN_HOURS):
            self._travel(HOUR)
            ends = time.monotonic() + QUIET_SECONDS
            while unsettled() and time.monotonic() < ends:
                time.sleep(1)
            if not unsettled():
                return
        self.problems.append(f"still waiting: {unsettled()}")

    def _reckon(self) -> int:
        from tests.storm import reckoning

        self._say(f"charges: {reckoning.ends()}")
        self._say(f"notifications: {reckoning.verdicts()}")
        self.problems += [str(one) for one in reckoning.differences(self.sky)]
        self.problems += _books()
        self.problems += self._statements()
        for problem in self.problems:
            print(f"storm: {problem}", file=sys.stderr)
        self._say("FAILED" if self.problems else "both sides agree on every yuan")
        return 1 if self.problems else 0

    def _statements(self) -> list[str]:
        """What reconciliation says: every line of every day is one of ours."""
        from tests.storm import reckoning

        told = subprocess.run(
            [sys.executable, "manage.py", "reconcile"],
            env=self.stack.env(),
            capture_output=True,
            text=True,
            check=False,
        )
        lines = reckoning.lines()
        self._say(f"the statements' lines: {lines}")
        if told.returncode or set(lines) != {"matched"}:
            return [f"statements: {told.stdout}{told.stderr}"]
        return []

    def _say(self, words: str) -> None:
        print(f"{time.monotonic() - self.began:6.1f} s  {words}", flush=True)


def _goods(browser: object) -> Iterator[str]:
    from itertools import islice

    from config.smoke.__main__ import BOS_SHOP, OTHER_SHOP
    from tests.e2e.people import goods_of

    for shop in (BOS_SHOP, OTHER_SHOP):
        yield from islice(goods_of(browser, shop), 4)


def _books() -> list[str]:
    from escrow import books

    return [f"the books: {problem}" for problem in books.problems()]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())

"""Killed hard in the middle of whatever it does, again and again: nothing is lost.

The merchant writes down what he was told. After each restart he repeats what got
no answer, and in the end his notes and the simulator's books say the same.
"""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from urllib.parse import parse_qsl

import httpx

from tests.simulator.harness import (
    Mailbox,
    Merchant,
    Simulator,
    open_mailbox,
    start_simulator,
    until,
)

KILLS = 50
LANES = 2
"""Simulators killed at the same time, each in its own folder."""

PRICE, PIECE, PIECES = Decimal("8.88"), Decimal("1.11"), 8
SWITCH_ON = {"notify_events": ["paid", "part_refund", "full_refund"]}


@dataclass
class Notes:
    """What one merchant knows: orders, and their refunds, True once answered."""

    paid: dict[str, bool] = field(default_factory=dict)
    refunded: dict[tuple[str, str], bool] = field(default_factory=dict)
    cut_off: int = 0
    """How many requests were under way when the simulator was killed."""


class Shop:
    """Sells and refunds without pause until the simulator is gone."""

    def __init__(self, lane: int, simulator: Simulator, mailbox: Mailbox) -> None:
        self.name = f"L{lane}"
        self.notes = Notes()
        self.mailbox = mailbox
        self.pen = threading.Lock()
        self.connect(simulator)

    def connect(self, simulator: Simulator) -> None:
        """The simulator is there (again), at another port."""
        self.is_over = threading.Event()
        self.simulator = simulator
        self.merchant = Merchant(simulator.app)

    def sell(self) -> None:
        with self.pen:
            number = f"{self.name}-{len(self.notes.paid)}"
            self.notes.paid[number] = False
        self._sell(number)

    def _sell(self, number: str) -> None:
        order = {"out_trade_no": number, "total_amount": str(PRICE), "subject": "茶"}
        url = self.mailbox.url
        made = self.merchant.call("alipay.trade.precreate", order, notify_url=url)
        answer = None
        if made["code"] == "10000":
            answer = self.simulator.ask("pay", {"out_trade_no": number})
        # Paid by the request that was cut off, or now.
        is_repeat = made.refusal == "ACQ.TRADE_HAS_SUCCESS"
        assert is_repeat or (answer is not None and answer.status_code == 200), made
        self.notes.paid[number] = True

    def give_back(self) -> None:
        with self.pen:
            key = self._next_refund()
            if key is not None:
                self.notes.refunded[key] = False
        if key is None:
            time.sleep(0.002)
        else:
            self._give_back(*key)

    def _next_refund(self) -> tuple[str, str] | None:
        """A piece of the newest order that is paid and not wholly refunded."""
        paid = reversed(list(self.notes.paid.items()))
        number = next((name for name, is_paid in paid if is_paid), None)
        if number is None:
            return None
        pieces = sum(of == number for of, _ in self.notes.refunded)
        return None if pieces == PIECES else (number, f"R{len(self.notes.refunded)}")

    def _give_back(self, number: str, request: str) -> None:
        biz = {"out_trade_no": number, "refund_amount": str(PIECE)}
        answer = self.merchant.call(
            "alipay.trade.refund", biz | {"out_request_no": request}
        )
        assert answer["code"] == "10000", answer
        self.notes.refunded[number, request] = True

    def work_until_killed(self, act: Callable[[], None]) -> None:
        while not self.is_over.is_set():
            try:
                act()
            except httpx.TransportError:
                self.notes.cut_off += 1
                return

    def repeat_what_got_no_answer(self) -> None:
        for number, is_told in list(self.notes.paid.items()):
            if not is_told:
                self._sell(number)
        for key, is_told in list(self.notes.refunded.items()):
            if not is_told:
                self._give_back(*key)


def kill(simulator: Simulator) -> None:
    """SIGKILL the serving process and its supervisor, at once."""
    supervisor = simulator.process.pid
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text()
    pids = [*map(int, children.split()), supervisor]
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    simulator.process.wait(10)
    # The folder is free once all are dead: each holds its lock.
    until(lambda: not any(is_alive(pid) for pid in pids))


def is_alive(pid: int) -> bool:
    """Whether the process still runs; one that waits to be buried does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


def one_life(shop: Shop, chance: random.Random) -> None:
    """Work, and be killed somewhere in between."""
    acts = (shop.sell, shop.sell, shop.sell, shop.give_back, shop.give_back)
    with ThreadPoolExecutor(len(acts)) as hands:
        at_work = [hands.submit(shop.work_until_killed, act) for act in acts]
        time.sleep(chance.uniform(0.01, 0.12))
        kill(shop.simulator)
        shop.is_over.set()
    for hand in at_work:
        hand.result()
    shop.simulator.http.close()
    shop.merchant.http.close()


def lane(which: int, folder: Path) -> Shop:
    """One simulator that is killed again and again, and its shop."""
    chance = random.Random(which)
    data = folder / f"lane{which}"
    with open_mailbox() as mailbox:
        shop = Shop(which, start_simulator(data), mailbox)
        shop.simulator.control("app", SWITCH_ON)
        for _ in range(KILLS // LANES):
            one_life(shop, chance)
            shop.connect(start_simulator(data))
            shop.repeat_what_got_no_answer()
        compare(shop)
        shop.simulator.stop()
    return shop


def compare(shop: Shop) -> None:
    """The merchant's notes against the simulator's books, and what he was told."""
    sold, returned = len(shop.notes.paid), len(shop.notes.refunded)
    bank = shop.simulator.control("bank?audit=yes")
    assert bank["adds_up"] is True, bank
    assert Decimal(bank["merchants"]) == sold * PRICE - returned * PIECE
    written: set[str] = set()
    for number in shop.notes.paid:
        told = shop.simulator.order(number)
        mine = [request for of, request in shop.notes.refunded if of == number]
        causes = [move["cause"] for move in told["moves"]]
        assert causes == ["payment"] + ["refund"] * len(mine), number
        kept = [one["out_request_no"] for one in told["refunds"]]
        assert sorted(kept) == sorted(mine)
        # Each event was written down once, under one number.
        assert len(told["notifications"]) == 1 + len(mine), number
        written |= {one["notify_id"] for one in told["notifications"]}
    assert len(written) == sold + returned
    # All of them were heard, some maybe again, and nothing else.
    until(lambda: heard(shop.mailbox) == written, 30)


def heard(mailbox: Mailbox) -> set[str]:
    """The numbers of all notifications that arrived."""
    return {dict(parse_qsl(body.decode("ascii")))["notify_id"] for body in mailbox.raw}


def test_fifty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(LANES) as pool:
        shops = list(pool.map(lambda which: lane(which, tmp_path), range(LANES)))

    cut_off = sum(shop.notes.cut_off for shop in shops)
    # One hand at least works at every moment.
    assert cut_off >= KILLS / 2

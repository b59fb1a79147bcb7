"""What goes wrong: the gateway, its notifications, and our own processes, by chance."""

import os
import random
import signal
import threading
from collections import Counter
from contextlib import contextmanager, suppress
from typing import Any

import httpx

from config.processes import Stack

# One call in so many is struck by each of the first ten: a third of all calls.
ONE_IN = {
    "http_500": 25,
    "closed_connection": 25,
    "system_error": 25,
    "unavailable": 25,
    "garbage": 25,
    "wrong_signature": 25,
    "unsigned": 25,
    "answer_lost": 25,
    "system_error_after": 25,
    "slow": 25,
    "news_lost": 5,
    "news_twice": 5,
    "news_delayed": 6,
    "news_out_of_order": 8,
    "news_forged": 5,
    "news_wrong_amount": 8,
    "news_other_app": 10,
    "news_other_seller": 10,
    "paid_while_closing": 4,
    "paid_after_closing": 4,
    "paid_twice": 15,
    "refund_processing": 4,
    "refund_no_balance": 5,
}
SECONDS = {"slow": 1, "news_delayed": 20, "news_out_of_order": 60}


class Sky:
    """The simulator's faults, by its control API."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.http = httpx.Client(
            base_url=f"{stack.simulator_origin}/control/api/", timeout=30
        )

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        method = "GET" if body is None else "POST"
        answer = self.http.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json()

    def darken(self) -> None:
        """Switch every fault on, to strike by chance until the sky clears."""
        for kind, one_in in ONE_IN.items():
            options = {"one_in": one_in}
            if kind in SECONDS:
                options["seconds"] = SECONDS[kind]
            self.ask("faults", {"kind": kind, "times": None, "options": options})

    def clear(self) -> Counter[str]:
        """Switch all off; how often each has struck."""
        on = [one for one in self.ask("faults")["faults"] if one["is_on"]]
        self.ask("faults/off", {})
        return Counter({one["kind"]: one["times_hit"] for one in on})


class Lightning(threading.Thread):
    """Kills the web process and the worker by turns, hard, and starts them again."""

    def __init__(self, stack: Stack, *, kills: int, every: float, seed: int) -> None:
        super().__init__(name="lightning", daemon=True)
        self.stack = stack
        self.left = kills
        self.every = every
        self.dice = random.Random(seed)
        self.struck: Counter[str] = Counter()
        self._is_over = threading.Event()

    def run(self) -> None:
        names = ("web", "worker")
        while self.left and not self._is_over.wait(
            self.every * self.dice.uniform(0.5, 1.5)
        ):
            self._strike(names[self.left % 2])
            self.left -= 1

    def _strike(self, name: str) -> None:
        process = self.stack.running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.stack.stop(name)
        start = {"web": self.stack.start_web, "worker": self.stack.start_worker}
        start[name]()
        self.struck[name] += 1

    def wait_until_over(self, seconds: float) -> None:
        self.join(seconds)
        self._is_over.set()
        self.join()


@contextmanager
def lightning(stack: Stack, *, kills: int, every: float, seed: int) -> Any:
    """Kills while the block runs; all of them have happened when it ends."""
    strikes = Lightning(stack, kills=kills, every=every, seed=seed)
    strikes.start()
    yield strikes
    strikes.wait_until_over(kills * every * 2 + 60)

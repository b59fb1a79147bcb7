"""A simulator in a process of its own, and what a test suite does with it.

Needs nothing but Python itself, and leaves the caller's settings alone: the
simulator's own dependencies are the business of its process.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import ProxyHandler, Request, build_opener

STARTS_WITHIN = 60
STOPS_WITHIN = 10
TRIES = 3

Fields = dict[str, Any]

# Not by way of a proxy: it is on this machine.
_http = build_opener(ProxyHandler({}))


class Refused(Exception):
    """The simulator said no: ``code`` and the text say why, ``status`` is HTTP's."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code


class NotStarted(Exception):
    """The simulator did not come up; its log is in the text."""


class Simulator:
    """A running simulator. ``app`` is its ``app.json``: keys, numbers, addresses."""

    def __init__(self, data: Path, process: "subprocess.Popen[bytes]") -> None:
        self.data = data
        self.process = process
        self.app: Fields = json.loads((data / "app.json").read_text("utf-8"))
        self.base_url: str = self.app["base_url"]
        self.clock = Clock(self)

    @classmethod
    def start(cls, data: Path, *options: str) -> "Simulator":
        """Start one on a free port with its state in ``data``, and wait for it.

        ``options`` are further options of ``serve``.

        :raises NotStarted: it ended, or took too long.
        """
        for _ in range(TRIES):
            process = _spawn(data, _free_port(), options)
            if process is not None:
                return cls(data, process)
        raise NotStarted(_log(data).read_text("utf-8", "replace"))

    def stop(self) -> None:
        """End it; its state stays in ``data``."""
        self.process.terminate()
        try:
            self.process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    # --- Orders -------------------------------------------------------------

    def pay(
        self,
        out_trade_no: str,
        *,
        buyer: str = "mei",
        way: str = "balance",
        app_id: str | None = None,
    ) -> Fields:
        """Scan and pay an order as a buyer would. :raises Refused: as the cashier."""
        fields = {"out_trade_no": out_trade_no, "buyer": buyer, "with": way}
        return self.ask("pay", fields | ({"app_id": app_id} if app_id else {}))

    def trades(self, **filters: str) -> list[Fields]:
        """List orders, newest first: ``q``, ``state``, ``buyer``, ``app_id``."""
        found: list[Fields] = self.ask(f"trades?{urlencode(filters)}")["trades"]
        return found

    def trade(self, number: str) -> Fields:
        """Tell one order with refunds, notifications, and movements of money."""
        return self.ask(f"trades/{quote(number, safe='')}")

    def notifications(self, out_trade_no: str) -> list[Fields]:
        """Tell an order's notifications with every attempt."""
        told: list[Fields] = self.trade(out_trade_no)["notifications"]
        return told

    def resend(self, notification_id: int) -> Fields:
        """Send a notification again now."""
        return self.ask(f"notifications/{notification_id}/resend", {})

    def pause_notifications(self, paused: bool = True) -> None:
        """Hold all notifications back, or let them go."""
        self.ask("pause_notifications", {"paused": paused})

    # --- Faults -------------------------------------------------------------

    def fault(
        self,
        kind: str,
        *,
        times: int | None = 1,
        out_trade_no: str = "",
        method: str = "",
        app_id: str = "",
        **options: Any,
    ) -> Fields:
        """Let something go wrong: once, ``times``, or with None until switched off.

        ``options`` are ``seconds`` and ``parallel``, for the kinds that have them, and
        ``one_in``: by chance, one time in so many.
        """
        narrow = {"out_trade_no": out_trade_no, "method": method, "app_id": app_id}
        fields = {name: value for name, value in narrow.items() if value}
        return self.ask(
            "faults", fields | {"kind": kind, "times": times, "options": options}
        )

    def faults(self) -> list[Fields]:
        """List faults with their hits, those that are on first."""
        told: list[Fields] = self.ask("faults")["faults"]
        return told

    def faults_off(self) -> None:
        """Switch all faults off."""
        self.ask("faults/off", {})

    # --- Everything else ----------------------------------------------------

    def balance(self, who: str, kind: str = "balance") -> str:
        """Tell the money in one account of a person, as ``"12.50"``."""
        accounts = self.ask(f"people/{quote(who, safe='')}")["accounts"]
        return str(next(one["balance"] for one in accounts if one["kind"] == kind))

    def top_up(self, who: str, amount: str) -> None:
        """Give somebody new money."""
        self.ask(f"people/{quote(who, safe='')}/top_up", {"amount": amount})

    def new_app(self, name: str, merchant: str) -> Fields:
        """Make another app of a new merchant; returns its ``app.json``."""
        told: Fields = self.ask("apps", {"name": name, "merchant": merchant})["connect"]
        return told

    def reset(self) -> None:
        """Forget everything but sellers and apps."""
        self.ask("reset", {"sure": True})

    def ask(self, path: str, body: Fields | None = None) -> Fields:
        """GET an address of the JSON API, or POST ``body`` to it.

        :raises Refused: it said no.
        """
        request = Request(f"{self.base_url}/control/api/{path}")  # noqa: S310 - ours
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("content-type", "application/json")
        try:
            with _http.open(request, timeout=30) as answer:
                told: Fields = json.load(answer)
                return told
        except HTTPError as refusal:
            raise _refused(refusal) from None


class Clock:
    """The simulator's clock; every move tells what ``fired``."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    @property
    def now(self) -> datetime:
        """The simulator's moment, in Beijing time."""
        return datetime.fromisoformat(self._simulator.ask("clock")["now"])

    def advance(self, by: timedelta | float) -> list[Fields]:
        """Move it on by a length of time, or so many seconds."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        return self._move(advance_seconds=seconds)

    def set(self, moment: datetime) -> list[Fields]:
        """Make it this moment; Beijing time if it has no zone."""
        return self._move(set=moment.isoformat())

    def next(self) -> list[Fields]:
        """Move it to the next deadline. :raises Refused: nothing comes due."""
        return self._move(to_next=True)

    def back(self) -> None:
        """Back to the machine's time."""
        self._move(back=True)

    def _move(self, **how: Any) -> list[Fields]:
        fired: list[Fields] = self._simulator.ask("clock", how)["fired"]
        return fired


def _refused(refusal: HTTPError) -> Refused:
    body = refusal.read()
    try:
        error = json.loads(body)["error"]
        return Refused(refusal.code, error["code"], error["message"])
    except (ValueError, LookupError, TypeError):
        return Refused(refusal.code, "HTTP", body[:200].decode("utf-8", "replace"))


def _spawn(
    data: Path, port: int, options: Sequence[str]
) -> "subprocess.Popen[bytes] | None":
    """Start a server; None if it ended before it was ready (the port was taken)."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with _log(data).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - this very program
            [
                *(sys.executable, "-m", "alipay_simulator", "serve"),
                *("--port", str(port), "--data", str(data), *options),
            ],
            env=_environment(),
            stdout=log,
            stderr=log,
        )
    end = time.monotonic() + STARTS_WITHIN
    while process.poll() is None:
        if _is_ready(port):
            return process
        if time.monotonic() > end:
            process.kill()
            process.wait()
            break
        time.sleep(0.05)
    return None


def _is_ready(port: int) -> bool:
    try:
        with _http.open(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.read() == b"ok")
    except (URLError, OSError):
        return False


def _environment() -> dict[str, str]:
    """The caller's, but for settings of his; this package can be imported from it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "SIMULATOR_"))
    }
    here = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, [here, kept.get("PYTHONPATH", "")]))
    return kept | {"PYTHONPATH": path}


def _log(data: Path) -> Path:
    return data.with_name(f"{data.name}.log")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

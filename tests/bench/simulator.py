"""The simulator on one core: a signed query, and lists, with few and many trades."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from tests.bench.many_trades import fill
from tests.bench.measure import ROUNDS, Way, compare
from tests.simulator.harness import (
    Merchant,
    Simulator,
    open_mailbox,
    running_simulator,
    until,
)

MANY = 1_000_000
QUERIES = 200
ORDER = {"out_trade_no": "BENCH-1", "total_amount": "88.88", "subject": "茶"}
PAGES = {
    "the newest trades": "trades",
    "trades in one state": "trades?state=TRADE_SUCCESS",
    "in a state that none is in": "trades?state=TRADE_FINISHED",
    "one number": "trades?q=MANY-123456",
    "numbers that begin so": "trades?q=MANY-1",
    "the newest notifications": "notifications",
    "the overview, with the bank's line": "",
}


def run() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        few = stack.enter_context(_on_one_core(_with_a_trade(folder / "few")))
        started = perf_counter()
        fill(_with_a_trade(folder / "many"), ORDER["out_trade_no"], MANY)
        print(f"\n{MANY:,} trades were stored in {perf_counter() - started:.0f} s")
        many = stack.enter_context(_on_one_core(folder / "many"))
        _compare_queries(few, many)
        _look_at_lists(few, many)


def _with_a_trade(data: Path) -> Path:
    """A stopped simulator in which one order was paid, and told of."""
    with open_mailbox() as mailbox, running_simulator(data) as simulator:
        Merchant(simulator.app).call(
            "alipay.trade.precreate", ORDER, notify_url=mailbox.url
        )
        simulator.pay(ORDER["out_trade_no"])
        number = ORDER["out_trade_no"]
        until(lambda: simulator.order(number)["notifications"][0]["attempts"])
    return data


@contextmanager
def _on_one_core(data: Path) -> Iterator[Simulator]:
    """Serve it on the first core; whoever asks keeps to the others."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        with running_simulator(data) as simulator:
            os.sched_setaffinity(0, cores - {min(cores)} or cores)
            yield simulator
    finally:
        os.sched_setaffinity(0, cores)


class Asker:
    """Sends one signed query over and over on one connection, and keeps the times."""

    def __init__(self, simulator: Simulator) -> None:
        merchant = Merchant(simulator.app)
        address = urlsplit(merchant.gateway)
        self.connection = HTTPConnection(str(address.hostname), address.port)
        params = merchant.signed(merchant.params("alipay.trade.query", ORDER))
        self.body = urlencode(params).encode()
        self.seconds: list[float] = []

    def ask(self) -> None:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        for _ in range(QUERIES):
            started = perf_counter()
            self.connection.request("POST", "/gateway.do", self.body, headers)
            answer = self.connection.getresponse().read()
            self.seconds.append(perf_counter() - started)
            assert b'"code":"10000"' in answer


def _bare_signatures(app: dict[str, str]) -> Callable[[], None]:
    """The floor: what verifying a request and signing an answer cost by themselves."""
    pem = Path(app["app_private_key_file"]).read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    text, how = b"x" * 400, (padding.PKCS1v15(), hashes.SHA256())
    signature = key.sign(text, *how)
    public = key.public_key()

    def work() -> None:
        for _ in range(QUERIES):
            public.verify(signature, text, *how)
            key.sign(text, *how)

    return work


def _compare_queries(few: Simulator, many: Simulator) -> None:
    askers = {"1 trade": Asker(few), f"{MANY:,} trades": Asker(many)}
    compare(
        "Simulator: a signed alipay.trade.query on one core, one client",
        Way("verify and sign, no more (the floor)", QUERIES, _bare_signatures(few.app)),
        *(Way(f"query, {name}", QUERIES, asker.ask) for name, asker in askers.items()),
    )
    for name, asker in askers.items():
        p95 = quantiles(asker.seconds, n=20)[-1]
        p50 = median(asker.seconds)
        print(f"  {name:44} {1000 * p50:9.2f} ms p50 {1000 * p95:9.2f} ms p95")


def _look_at_lists(few: Simulator, many: Simulator) -> None:
    print("\nSimulator: pages of the control room, medians")
    for name, path in PAGES.items():
        small, big = (_seconds(simulator, path) for simulator in (few, many))
        print(f"  {name:44} {1000 * small:6.0f} ms few {1000 * big:6.0f} ms many")


def _seconds(simulator: Simulator, path: str) -> float:
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        answer = simulator.http.get(f"/control/{path}")
        times.append(perf_counter() - started)
        assert answer.status_code == 200, path
    return median(times)

"""The whole product on free ports, with data of its own that is gone afterwards."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import redis
from psycopg import sql

from config.processes import Stack, free_port

ROOT = Path(__file__).resolve().parents[2]
PREPARE = "from config.prepare import prepare; prepare(pictures=False)"


def until(look: Callable[[], Any], seconds: float = 30) -> Any:
    """The first true thing that ``look`` sees; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, f"not within {seconds} s; last seen: {seen!r}"
        time.sleep(0.1)
    return seen


@dataclass
class Product:
    """The running stack, and the ways beside a browser to look into it."""

    stack: Stack
    http: httpx.Client

    @property
    def origin(self) -> str:
        return self.stack.origin

    @property
    def cashier(self) -> str:
        """The simulator's origin."""
        return self.stack.simulator_origin

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return _run(self.stack, "manage.py", *arguments)

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST ``body`` to, the simulator's control API."""
        address = f"{self.cashier}/control/api/{path}"
        method = "GET" if body is None else "POST"
        answer = self.http.request(method, address, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def trades(self, reference: str) -> list[dict[str, Any]]:
        """What the simulator knows of a payment's attempts, the newest first."""
        trades = self.control("trades")["trades"]
        return [one for one in trades if one["out_trade_no"].startswith(reference)]

    def pay(self, reference: str) -> None:
        """Pay the latest attempt of a payment, as somebody's phone would."""
        number = self.trades(reference)[0]["out_trade_no"]
        order = {"out_trade_no": number, "buyer": "mei", "with": "balance"}
        self.control("pay", order)

    @contextmanager
    def cheap(self, shop: str) -> Iterator[None]:
        """Everything in a shop costs one yuan for a while: sellers list nothing yet."""
        one_yuan = """
            UPDATE marketplace_variant AS v SET price = %s FROM marketplace_product AS p
            JOIN accounts_seller AS s ON s.id = p.seller_id
            WHERE v.product_id = p.id AND s.slug = %s RETURNING v.id
        """
        url = self.stack.environment["DATABASE_URL"]
        with psycopg.connect(url, autocommit=True) as connection:
            before = connection.execute(
                "SELECT id, price FROM marketplace_variant"
            ).fetchall()
            assert connection.execute(one_yuan, (1, shop)).fetchall()
            try:
                yield
            finally:
                connection.cursor().executemany(
                    "UPDATE marketplace_variant SET price = %s WHERE id = %s",
                    [(price, pk) for pk, price in before],
                )

    def books_are_right(self) -> None:
        ended = self.manage("check_books")
        assert ended.returncode == 0, ended.stdout + ended.stderr


@contextmanager
def running_product() -> Iterator[Product]:
    """Everything ``make demo`` starts, without pictures; stopped at the end."""
    with ExitStack() as cleanup:
        folder = cleanup.enter_context(tempfile.TemporaryDirectory(prefix="danbao-e2e"))
        environment = {
            "DATABASE_URL": cleanup.enter_context(_own_database()),
            "REDIS_URL": cleanup.enter_context(_own_redis()),
            "DANBAO_LOG_LEVEL": "WARNING",
        }
        stack = Stack(Path(folder), free_port(), free_port(), environment)
        cleanup.enter_context(stack)
        stack.start_simulator()
        prepared = _run(stack, "-c", PREPARE)
        assert prepared.returncode == 0, prepared.stderr
        stack.start_web()
        stack.start_worker()
        with httpx.Client(timeout=10) as http:
            yield Product(stack, http)


@contextmanager
def _own_database() -> Iterator[str]:
    """A new database on the tests' server (named by DATABASE_URL, or embedded)."""
    server = os.environ["DATABASE_URL"]
    name = f"danbao_e2e_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(drop.format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)),
        )
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(drop.format(sql.Identifier(name)))


@contextmanager
def _own_redis() -> Iterator[str]:
    """An empty database of the Redis that REDIS_URL names, or none."""
    server = os.environ.get("REDIS_URL", "")
    if not server:
        yield ""
        return
    for number in range(15, -1, -1):
        url = urlunsplit(urlsplit(server)._replace(path=f"/{number}"))
        with redis.Redis.from_url(url) as client:
            if client.dbsize() == 0:
                yield url
                client.flushdb()
                return
    raise AssertionError("every database of this Redis is in use")


def _run(stack: Stack, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**stack.env(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

"""A simulator in its own process, a merchant who talks to it, and his mailbox.

The merchant signs and verifies with code of his own, so that an agreement with
the simulator means something. Nothing here imports the simulator.
"""

import base64
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 30
STOPS_WITHIN = 10


def free_port() -> int:
    """Return a port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Callable[[], Any], seconds: float = 10) -> Any:
    """Return the first true thing ``look`` sees; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s; last seen: {seen!r}")
        time.sleep(0.05)


class Simulator:
    """A running simulator and its control API."""

    def __init__(self, process: subprocess.Popen[bytes], data: Path) -> None:
        self.process = process
        self.data = data
        self.app: dict[str, Any] = json.loads((data / "app.json").read_text())
        self.base_url: str = self.app["base_url"]
        self.http = http_client(base_url=self.base_url)

    def control(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET a control address, or POST ``body`` to it; fail unless it is 200."""
        response = self.ask(path, body)
        assert response.status_code == 200, response.text
        return response.json()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """As :meth:`control`, but return whatever the answer is."""
        address = f"/control/api/{path}"
        if body is None:
            return self.http.get(address)
        return self.http.post(address, json=body)

    def pay(self, out_trade_no: str, buyer: str = "mei", way: str = "balance") -> Any:
        """Scan and pay an order; return it with its refunds and notifications."""
        order = {"out_trade_no": out_trade_no, "buyer": buyer, "with": way}
        return self.control("pay", order)

    def order(self, out_trade_no: str) -> Any:
        """Return an order with its refunds and notifications."""
        return self.control(f"trades/{out_trade_no}")

    def now(self) -> datetime:
        """Return the simulator's moment, in Beijing time."""
        return datetime.fromisoformat(self.control("clock")["now"])

    def advance(self, seconds: int) -> None:
        """Move the clock on."""
        self.control("clock", {"advance_seconds": seconds})

    def balance(self, who: str, kind: str) -> str:
        """Return the money in one account of the person with this sign-in name."""
        people = self.control("people")["people"]
        person = next(one for one in people if one["logon_id"].startswith(who))
        accounts = person["accounts"]
        return next(one["balance"] for one in accounts if one["kind"] == kind)

    def browser(self) -> httpx.Client:
        """Return a fresh browser: own cookies, redirects not followed."""
        return http_client(base_url=self.base_url)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the simulator on the same data."""
        return subprocess.run(
            [*command(), *arguments, "--data", str(self.data)],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def stop(self) -> int:
        """Ask it to stop; return its exit status."""
        self.http.close()
        self.process.terminate()
        return self.process.wait(STOPS_WITHIN)


def command() -> list[str]:
    """Return how the simulator is started."""
    return [sys.executable, "-m", "alipay_simulator"]


def environment() -> dict[str, str]:
    """Return a child's environment: no settings of ours leak into it."""
    ours = ("DANBAO_", "DJANGO_", "SIMULATOR_", "ALIPAY_")
    return {key: val for key, val in os.environ.items() if not key.startswith(ours)}


def start_simulator(data: Path, *options: str, own_group: bool = False) -> Simulator:
    """Start a simulator on a free port and wait until it is ready.

    ``own_group`` starts it as a terminal would: signals can go to all of it.
    """
    port = free_port()
    log = (data.parent / f"{data.name}.log").open("ab")
    process = subprocess.Popen(
        [*command(), "serve", "--port", str(port), "--data", str(data), *options],
        cwd=ROOT,
        env=environment(),
        stdout=log,
        stderr=log,
        start_new_session=own_group,
    )
    log.close()
    try:
        until(lambda: _is_ready(process, port), STARTS_WITHIN)
    except BaseException:
        process.kill()
        raise
    return Simulator(process, data)


def _is_ready(process: subprocess.Popen[bytes], port: int) -> bool:
    assert process.poll() is None, "the simulator ended; see its log"
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().read() == b"ok"
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


def http_client(**options: Any) -> httpx.Client:
    """A client for plain HTTP on this machine: no proxy, no certificates to load."""
    return httpx.Client(timeout=20, trust_env=False, verify=False, **options)


@contextmanager
def running_simulator(data: Path, *options: str) -> Iterator[Simulator]:
    """A simulator for the length of a block."""
    simulator = start_simulator(data, *options)
    try:
        yield simulator
    finally:
        simulator.stop()


@dataclass(frozen=True)
class Answer:
    """What the gateway said: the verified node, and the raw body."""

    node: dict[str, Any]
    signed: bool
    key: str
    response: httpx.Response

    def __getitem__(self, name: str) -> Any:
        return self.node[name]

    @property
    def refusal(self) -> str:
        """The node's ``sub_code``, or "" for a success."""
        return str(self.node.get("sub_code", ""))


class Merchant:
    """Calls the gateway as a careful client would."""

    def __init__(self, app: dict[str, Any]) -> None:
        self.app = app
        self.gateway: str = app["gateway_url"]
        private = Path(app["app_private_key_file"]).read_bytes()
        public = Path(app["alipay_public_key_file"]).read_bytes()
        self.http = http_client()
        self._private = serialization.load_pem_private_key(private, None)
        self._alipay = serialization.load_pem_public_key(public)

    def params(self, method: str, biz: Any, **more: str) -> dict[str, str]:
        """Return a request's parameters, not yet signed. ``more`` adds or replaces."""
        return {
            "app_id": self.app["app_id"],
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": "2026-01-01 08:00:00",
            "version": "1.0",
            "biz_content": json.dumps(biz, ensure_ascii=False),
        } | more

    def signed(self, params: dict[str, str]) -> dict[str, str]:
        """Return the parameters with their signature."""
        text = "&".join(f"{key}={params[key]}" for key in sorted(params) if params[key])
        return params | {"sign": self.sign(text.encode(_codec(params)))}

    def sign(self, data: bytes) -> str:
        """Sign with the app's key."""
        raw = self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return base64.b64encode(raw).decode()

    def call(self, method: str, biz: Any = None, **more: str) -> Answer:
        """Call a method of the gateway and verify the answer's signature."""
        return self.send(self.signed(self.params(method, biz or {}, **more)))

    def send(self, params: dict[str, str], how: str = "POST") -> Answer:
        """Send ready parameters, POSTed or in the address."""
        codec = _codec(params)
        encoded = urlencode(params, encoding=codec)
        if how == "GET":
            response = self.http.get(f"{self.gateway}?{encoded}")
        else:
            kind = f"application/x-www-form-urlencoded;charset={codec}"
            response = self.http.post(
                self.gateway,
                content=encoded,
                headers={"content-type": kind},
            )
        return self.read(response, codec)

    def read(self, response: httpx.Response, codec: str = "utf-8") -> Answer:
        """Cut out the node as it stands, verify exactly that, and parse it."""
        assert response.status_code == 200, response.text
        text = response.content.decode(codec)
        key = text[2 : text.index('":')]
        start = len(key) + 4
        node, length = json.JSONDecoder().raw_decode(text[start:])
        rest = json.loads(
            "{" + text[start + length :].lstrip(",").removesuffix("}") + "}"
        )
        if "sign" in rest:
            raw = text[start : start + length].encode(codec)
            assert self.is_alipays(raw, rest["sign"]), "the answer's signature is wrong"
        return Answer(node, "sign" in rest, key, response)

    def page_address(self, method: str, biz: Any, **more: str) -> str:
        """Return the address to which a shop sends its buyer's browser."""
        params = self.signed(self.params(method, biz, **more))
        return f"{self.gateway}?{urlencode(params, encoding=_codec(params))}"

    def is_alipays(self, data: bytes, signature: str) -> bool:
        """Tell whether the gateway signed these bytes."""
        try:
            self._alipay.verify(
                base64.b64decode(signature), data, padding.PKCS1v15(), hashes.SHA256()
            )
        except InvalidSignature:
            return False
        return True

    def is_genuine_news(self, params: dict[str, str]) -> bool:
        """Verify a notification or a return: without ``sign`` and ``sign_type``."""
        kept = {k: v for k, v in params.items() if k not in ("sign", "sign_type")}
        text = "&".join(f"{key}={kept[key]}" for key in sorted(kept))
        return self.is_alipays(text.encode(_codec(params)), params["sign"])


def _codec(params: dict[str, str]) -> str:
    return "gbk" if params.get("charset", "").lower() in ("gbk", "gb2312") else "utf-8"


@dataclass
class Mailbox:
    """A merchant's notify address. It answers ``reply``; received forms are kept."""

    reply: bytes = b"success"
    status: int = 200
    delay: float = 0
    raw: list[bytes] = field(default_factory=list)
    url: str = ""

    def forms(self, out_trade_no: str, codec: str = "utf-8") -> list[dict[str, str]]:
        """Return the notifications about one order, in order of arrival."""
        forms = [
            dict(parse_qsl(body.decode("ascii"), encoding=codec)) for body in self.raw
        ]
        return [form for form in forms if form.get("out_trade_no") == out_trade_no]

    def wait_for(self, out_trade_no: str, count: int = 1) -> list[dict[str, str]]:
        """Wait until so many notifications about the order have come."""
        return until(
            lambda: found if len(found := self.forms(out_trade_no)) >= count else []
        )


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """A mailbox behind a small HTTP server of its own."""
    mailbox = Mailbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # the sender died while it sent
            mailbox.raw.append(body)
            time.sleep(mailbox.delay)
            self.send_response(mailbox.status)
            self.send_header("content-length", str(len(mailbox.reply)))
            self.end_headers()
            with suppress(ConnectionError):  # the sender may be gone by now
                self.wfile.write(mailbox.reply)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    mailbox.url = f"http://127.0.0.1:{server.server_port}/notify"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)

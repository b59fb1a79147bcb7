"""Alone: only its own few dependencies, in anybody's test suite."""

import ast
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

from tests.simulator.harness import ROOT, environment, free_port, until

PACKAGE = ROOT / "alipay_simulator"
NAMES_OF_IMPORTS = {
    "cryptography": "cryptography",
    "django": "django",
    "granian": "granian",
    "httpx": "httpx",
    "qrcode": "qrcode",
    # Middleware is named in the settings, not imported.
    "whitenoise": None,
}


def pins(file: Path) -> dict[str, str]:
    """The packages of a requirements file, and their pinned versions."""
    lines = file.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([\w-]+)(?:\[.*\])?==(\S+)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}


def imported() -> set[str]:
    """Every top-level name that the simulator imports, but for what comes along."""
    names = set()
    for file in PACKAGE.rglob("*.py"):
        if file.name == "pytest_plugin.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(str(node.module))
    tops = {name.split(".")[0] for name in names}
    return tops - set(sys.stdlib_module_names) - {"alipay_simulator"}


def test_its_requirements_are_what_it_imports_and_pinned_as_the_shops() -> None:
    needed = pins(PACKAGE / "requirements.txt")

    assert set(needed) == set(NAMES_OF_IMPORTS)
    assert imported() == {name for name in NAMES_OF_IMPORTS.values() if name}
    shops = pins(ROOT / "requirements.txt")
    assert needed == {name: shops[name] for name in needed}


def everything_needed(names: Iterator[str]) -> set[str]:
    """The packages and all that they need here, by their dependencies' marks."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name.lower())
    return found


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder with the simulator and its dependencies' packages, and no other."""
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "alipay_simulator").symlink_to(PACKAGE)
    for name in everything_needed(iter(pins(PACKAGE / "requirements.txt"))):
        files = metadata.distribution(name).files or []
        for top in {file.parts[0] for file in files} - {"..", "__pycache__"}:
            source = Path(str(metadata.distribution(name).locate_file(top)))
            if not (folder / top).exists():
                (folder / top).symlink_to(source)
    return folder


def test_it_serves_with_its_own_dependencies_only(bare: Path, tmp_path: Path) -> None:
    port = free_port()
    # -S: without this environment's packages; -P: without the current folder.
    start = [sys.executable, "-S", "-P", "-m", "alipay_simulator", "serve"]
    process = subprocess.Popen(
        [*start, "--port", str(port), "--data", str(tmp_path / "data")],
        env=environment() | {"PYTHONPATH": str(bare)},
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )

    def answer() -> str:
        assert process.poll() is None, process.stderr and process.stderr.read()
        try:
            return httpx.get(f"http://127.0.0.1:{port}/control/", trust_env=False).text
        except httpx.TransportError:
            return ""

    try:
        assert "SIMULATOR" in until(answer, 30)
        assert (tmp_path / "data" / "app.json").exists()
    finally:
        process.terminate()
        process.communicate(timeout=10)
    hidden = subprocess.run(
        [sys.executable, "-S", "-P", "-c", "import celery"],
        env=environment() | {"PYTHONPATH": str(bare)},
        capture_output=True,
        check=False,
    )
    assert hidden.returncode == 1, "the test must not see this environment's packages"


STRANGER = """
import base64, json, threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlencode
from urllib.request import urlopen

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from alipay_simulator.driver import Refused


def call(app, method, **biz):
    params = {
        "app_id": app["app_id"], "method": method, "charset": "utf-8",
        "sign_type": "RSA2", "timestamp": "2026-01-01 08:00:00", "version": "1.0",
        "biz_content": json.dumps(biz), "notify_url": app.get("hook", ""),
    }
    text = "&".join(f"{k}={params[k]}" for k in sorted(params) if params[k])
    pem = Path(app["app_private_key_file"]).read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    raw = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    params["sign"] = base64.b64encode(raw).decode()
    with urlopen(app["gateway_url"], urlencode(params).encode()) as answer:
        return json.load(answer)[method.replace(".", "_") + "_response"]


@pytest.fixture
def hook():
    news = []

    class Shop(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            news.append(dict(parse_qsl(body.decode())))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"success")

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    news.insert(0, f"http://127.0.0.1:{server.server_port}/")
    yield news
    server.shutdown()


def order(app, number="ORDER-1"):
    return call(
        app, "alipay.trade.precreate",
        out_trade_no=number, total_amount="8.88", subject="Tea",
    )


def test_a_sale(alipay, hook):
    app = alipay.app | {"hook": hook[0]}
    assert order(app)["code"] == "10000"
    alipay.fault("news_lost")
    alipay.pay("ORDER-1", buyer="jun", way="card")
    while not alipay.notifications("ORDER-1")[0]["attempts"]:
        pass
    assert hook[1:] == []
    alipay.resend(alipay.notifications("ORDER-1")[0]["id"])
    while len(hook) < 2:
        pass
    assert hook[1]["trade_status"] == "TRADE_SUCCESS"
    assert alipay.faults()[0]["times_hit"] == 1
    with pytest.raises(Refused, match="TRADE_HAS_SUCCESS"):
        alipay.pay("ORDER-1")


def test_every_test_starts_afresh(alipay):
    assert alipay.trades() == []
    assert alipay.faults() == []
    assert order(alipay.app)["code"] == "10000"
    alipay.pay("ORDER-1")
    before = alipay.clock.now
    [fired] = alipay.clock.next()
    assert (fired["what"], fired["number"]) == ("finishes", "ORDER-1")
    assert (alipay.clock.now - before).days in (364, 365)
    assert alipay.trade("ORDER-1")["trade_status"] == "TRADE_FINISHED"
    alipay.clock.back()
    assert alipay.balance("mei") == "999991.12"
    alipay.top_up("mei", "8.88")
    assert alipay.balance("mei") == "1000000.00"


def test_another_merchant(alipay):
    other = alipay.new_app("Other", "Tea house")
    assert order(other)["code"] == "10000"
    assert order(alipay.app)["code"] == "10000"
    [mine] = alipay.trades(app_id=other["app_id"])
    assert mine["seller_id"] == other["seller_id"]
    with pytest.raises(Refused, match="no order nothing"):
        alipay.trade("nothing")
"""


def test_a_strangers_suite_starts_one_and_drives_it(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(
        'pytest_plugins = ["alipay_simulator.pytest_plugin"]\n', encoding="utf-8"
    )
    (tmp_path / "test_shop.py").write_text(textwrap.dedent(STRANGER), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        env=environment() | {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "3 passed" in ended.stdout

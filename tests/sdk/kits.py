"""Getting the kits from their registries, unmodified, and talking to their drivers.

Each is fetched once into ``var/sdk`` and used from there. The official Python kit is
some 36,000 files: it is not unpacked but imported from its wheel.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization

from tests.simulator.harness import ROOT

FOLDER = ROOT / "var" / "sdk"
DRIVERS = Path(__file__).parent / "drivers"

OFFICIAL = "alipay-sdk-python==3.7.1411"
OFFICIAL_NEEDS = ("pycryptodome==3.23.0", "rsa==4.9.1", "pyasn1==0.6.3")
FZLEE = "python-alipay-sdk==3.4.0"
FZLEE_NEEDS = ("pycryptodomex==3.23.0", "pyOpenSSL==26.2.0")
NODE = "alipay-sdk@4.14.0"


class Kit:
    """One SDK in its own process, asked line by line."""

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        self.name = name
        self._process = process

    def call(self, method: str, biz: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Call the gateway. The node, its signature checked by the kit itself."""
        told = self.ask("call", method=method, biz=biz, **more)
        assert "error" not in told, told
        node: dict[str, Any] = told["node"]
        assert told["success"] == (node["code"] == "10000")
        return node

    def page(self, method: str, biz: dict[str, Any], **more: Any) -> str:
        """The address to which a browser is sent."""
        told = self.ask("page", method=method, biz=biz, **more)
        assert "error" not in told, told
        return str(told["address"])

    def is_genuine(self, form: dict[str, str]) -> bool:
        """Whether the kit believes a notification or a return."""
        return bool(self.ask("verify", form=form)["genuine"])

    def ask(self, act: str, **asked: Any) -> dict[str, Any]:
        """One line to the driver, one line back."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": act, **asked}) + "\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@dataclass(frozen=True)
class Source:
    """How a kit is fetched, and how its driver is started with the app's settings."""

    fetch: Callable[[], None]
    command: Callable[[str], list[str]]
    python_path: Callable[[], list[Path]]


def _fetch_official() -> None:
    wheels, libraries = FOLDER / "official", FOLDER / "official-needs"
    if not list(wheels.glob("*.whl")):
        _pip("download", "--no-deps", "--dest", str(wheels), OFFICIAL)
    if not libraries.exists():
        _pip_into(libraries, *OFFICIAL_NEEDS)


def _fetch_fzlee() -> None:
    if not (FOLDER / "fzlee").exists():
        _pip_into(FOLDER / "fzlee", FZLEE, *FZLEE_NEEDS)


def _fetch_node() -> None:
    folder = FOLDER / "node"
    if (folder / "node_modules" / "alipay-sdk").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}')
    _run("npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder), NODE)


def _pip_into(folder: Path, *packages: str) -> None:
    """Install whole or not at all: a folder that is there is complete."""
    draft = folder.with_name(f".{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)
    # The venv's cryptography serves the kits too.
    _pip("install", "--no-deps", "--target", str(draft), *packages)
    draft.rename(folder)


def _pip(*arguments: str) -> None:
    quiet = ("--quiet", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", *arguments, *quiet)


def _run(*command: str) -> None:
    ended = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.returncode == 0, ended.stderr


def _python(driver: str) -> Callable[[str], list[str]]:
    return lambda settings: [sys.executable, str(DRIVERS / driver), settings]


KITS = {
    "official": Source(
        _fetch_official,
        _python("official.py"),
        lambda: [*(FOLDER / "official").glob("*.whl"), FOLDER / "official-needs"],
    ),
    "fzlee": Source(_fetch_fzlee, _python("fzlee.py"), lambda: [FOLDER / "fzlee"]),
    "node": Source(
        _fetch_node,
        lambda settings: [
            "node",
            str(DRIVERS / "node.mjs"),
            settings,
            str(FOLDER / "node"),
        ],
        list,
    ),
}


def is_possible(name: str) -> bool:
    """The npm kit needs Node; the others need nothing more than the tests do."""
    return name != "node" or bool(shutil.which("npm") and shutil.which("node"))


@contextmanager
def running_kit(name: str, app: dict[str, Any]) -> Iterator[Kit]:
    """A kit set up for an app, as its README says."""
    source = KITS[name]
    source.fetch()
    path = ":".join(map(str, source.python_path()))
    with subprocess.Popen(
        source.command(json.dumps(_settings(app))),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": _search_path(), "PYTHONPATH": path},
    ) as process:
        yield Kit(name, process)
        assert process.stdin
        process.stdin.close()


def _search_path() -> str:
    node = shutil.which("node")
    return f"{Path(node).parent}:/usr/bin:/bin" if node else "/usr/bin:/bin"


def _settings(app: dict[str, Any]) -> dict[str, str]:
    """What each kit wants to be told, in the forms that they want."""
    pem = Path(app["app_private_key_file"]).read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    pkcs1 = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()
    public = Path(app["alipay_public_key_file"]).read_text()
    return {
        "app_id": app["app_id"],
        "gateway_url": app["gateway_url"],
        "private_key": pem.decode(),
        "private_key_pkcs1": _bare(pkcs1),
        "alipay_public_key": _bare(public),
        "alipay_public_key_pem": public,
        "aes_key": app.get("aes_key", ""),
    }


def _bare(pem: str) -> str:
    return "".join(pem.strip().splitlines()[1:-1])

"""What the README says there is, there is; and the other way round."""

import re
import subprocess
import sys
from pathlib import Path

from tests.simulator.harness import ROOT, Merchant, Simulator

README = (ROOT / "alipay_simulator" / "README.md").read_text(encoding="utf-8")
REGISTRY = ROOT / "alipay_simulator" / "methods" / "registry.py"


def section(name: str) -> str:
    return README.split(f"## {name}\n")[1].split("\n## ")[0]


def methods_in(text: str) -> set[str]:
    return set(re.findall(r"\balipay(?:\.[a-z]+){2,}\b", text))


def test_it_lists_every_method_and_no_other() -> None:
    told = methods_in(section("Methods"))
    known = methods_in(Path(REGISTRY).read_text(encoding="utf-8"))
    assert told == known


def test_every_listed_method_is_known_to_the_gateway(merchant: Merchant) -> None:
    pages = {"alipay.trade.page.pay", "alipay.trade.wap.pay"}
    for method in methods_in(section("Methods")) - pages:
        assert merchant.call(method, {}).refusal != "isv.invalid-method"


def test_it_lists_every_fault_and_no_other(simulator: Simulator) -> None:
    told = set()
    for whose in ("money", "the gateway", "notifications", "buyers"):
        for line in section(f"Faults of {whose}").splitlines():
            if line.startswith("| `"):
                told |= set(re.findall(r"`([a-z_0-9]+)`", line.split("|")[1]))
    assert told == set(simulator.control("faults")["kinds"])


def test_it_lists_every_address_of_the_api() -> None:
    rows = re.findall(r"^\| `(?:GET|POST) .*", README, re.MULTILINE)
    told = set(re.findall(r"`(?:GET|POST) ([a-zA-Z_/]+)`", "\n".join(rows)))
    urls = ROOT / "alipay_simulator" / "control" / "api.py"
    known = set(re.findall(r'path\("([^"]+)"', urls.read_text(encoding="utf-8")))
    assert {re.sub("[A-Z_]{2,}", "<>", path) for path in told} == {
        re.sub("<[^>]+>", "<>", path) for path in known
    }


def test_it_lists_every_command() -> None:
    table = section("Pay, look, move the clock").split("`/control/api/`")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    told = set(re.findall(r"`([a-z]+)(?: [A-Z]| -|`)", "\n".join(rows[1:])))
    asked = subprocess.run(
        (sys.executable, "-m", "alipay_simulator", "--help"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told == set(re.findall(r"^    ([a-z]+)(?: |$)", asked.stdout, re.MULTILINE))

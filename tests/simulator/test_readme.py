"""What the README says there is, there is; and the other way round."""

import re
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


def test_its_faults_of_money_are_switchable(simulator: Simulator) -> None:
    told = set(re.findall(r"^\| `([a-z_]+)`", section("Faults of money"), re.MULTILINE))
    assert len(told) == 5
    assert told <= set(simulator.control("faults")["kinds"])

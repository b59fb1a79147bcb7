"""Every refusal that the simulator can make has its text."""

import re

from tests.simulator.harness import ROOT

SOURCE = ROOT / "alipay_simulator"
REFUSED = re.compile(r'\bRefused\(\s*"([A-Z_]+)"')
DECLINED = re.compile(r'\bDeclined\(\s*"([A-Za-z_.]+)"')


def raised(pattern: re.Pattern[str]) -> set[str]:
    texts = (file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    return {name for text in texts for name in pattern.findall(text)}


def test_no_refusal_lacks_its_text() -> None:
    told = (SOURCE / "sub_msgs.py").read_text(encoding="utf-8")
    known = set(re.findall(r'^    "([A-Za-z_.-]+)":', told, re.MULTILINE))
    refused, declined = raised(REFUSED), raised(DECLINED)
    assert len(refused) > 40
    assert len(declined) > 8
    assert refused | declined <= known

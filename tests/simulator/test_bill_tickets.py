"""When there is a bill, for how long its address is good, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.simulator.bills import METHOD, ask, unzip
from tests.simulator.harness import Merchant, Simulator

DAY = 86_400

Fault = Callable[..., Any]


@pytest.fixture
def yesterday(simulator: Simulator) -> str:
    """The day before this one; the simulator was there already."""
    simulator.advance(2 * DAY)
    return f"{simulator.now() - timedelta(days=1):%Y-%m-%d}"


def test_the_address_is_the_simulators_own_and_good_for_thirty_seconds(
    simulator: Simulator, merchant: Merchant, yesterday: str
) -> None:
    address = ask(merchant, "trade", yesterday)["bill_download_url"]
    parts = urlsplit(address)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}

    assert f"{parts.scheme}://{parts.netloc}" == simulator.base_url
    assert parts.path == "/downloadBillFile.resource"
    assert (asked["bizType"], asked["fileType"]) == ("trade", "csv.zip")
    assert asked["userId"] == f"{merchant.app['seller_id']}0156"
    assert asked["bizDates"] == yesterday.replace("-", "")
    assert len(asked["fileId"]) >= 32
    for _ in range(2):  # any number of times
        unzip(merchant.http.get(address).content)
    simulator.advance(25)
    assert merchant.http.get(address).status_code == 200
    simulator.advance(6)
    late = merchant.http.get(address)
    assert late.status_code == 404
    assert late.headers["content-type"].startswith("text/plain")


def test_nobody_guesses_a_bill(simulator: Simulator, merchant: Merchant) -> None:
    for query in ("", "?fileId=", "?fileId=1", "?fileId=%00", "?fileId=" + "a" * 5000):
        address = f"{simulator.base_url}/downloadBillFile.resource{query}"
        assert merchant.http.get(address).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"bill_type": None},
        {"bill_type": "merchant_act"},
        {"bill_type": 3},
        {"bill_date": None},
        {"bill_date": "2026-02-30"},
        {"bill_date": "2026-13"},
        {"bill_date": "2026"},
        {"bill_date": "20260101"},
        {"bill_date": "2026-1-1"},
        {"bill_date": "0000-01-01"},
        {"bill_date": "9999-12-31"},
        {"bill_date": "9999-12"},
        {"bill_date": "２０２６-01-01"},
        {"bill_date": ["2026-01-01"]},
        {"smid": "2088000000000000"},
        {"smid": "x" * 21},
    ],
)
def test_bad_fields(merchant: Merchant, yesterday: str, change: dict[str, Any]) -> None:
    biz = {"bill_type": "trade", "bill_date": yesterday}
    answer = merchant.call(METHOD, biz | change)
    assert (answer["code"], answer.refusal) == ("40004", "isv.invalid_arguments")


def test_today_the_future_and_this_month_are_no_bills_yet(
    simulator: Simulator, merchant: Merchant, yesterday: str
) -> None:
    now = simulator.now()
    for date in (
        f"{now:%Y-%m-%d}",
        f"{now + timedelta(days=1):%Y-%m-%d}",
        f"{now:%Y-%m}",
        f"{now + timedelta(days=40):%Y-%m}",
    ):
        assert ask(merchant, "trade", date).refusal == "isv.invalid_arguments"


def test_there_is_no_bill_of_a_time_before_the_seller(
    merchant: Merchant, yesterday: str
) -> None:
    for date in ("2020-01-01", "2020-01"):
        answer = ask(merchant, "signcustomer", date)
        assert (answer["code"], answer.refusal) == ("40004", "isp.bill_not_exist")


def test_a_bill_may_have_to_be_waited_for(
    simulator: Simulator, merchant: Merchant, yesterday: str
) -> None:
    simulator.control("app", {"bills_wait": True})
    try:
        today = f"{simulator.now():%Y-%m-%d}"
        simulator.control("clock", {"set": f"{today}T08:59:00"})
        assert ask(merchant, "trade", yesterday).refusal == "isp.bill_not_exist"
        simulator.advance(61)
        assert ask(merchant, "trade", yesterday)["code"] == "10000"

        year, month = simulator.now().year + 1, 1
        simulator.control("clock", {"set": f"{year}-{month:02}-02T23:00:00"})
        assert ask(merchant, "trade", f"{year - 1}-12").refusal == "isp.bill_not_exist"
        simulator.advance(11 * 3600)
        assert ask(merchant, "trade", f"{year - 1}-12")["code"] == "10000"
    finally:
        simulator.control("app", {"bills_wait": False})


def test_a_fault_makes_a_bill_late(
    merchant: Merchant, yesterday: str, fault: Fault
) -> None:
    fault("bill_not_ready", out_trade_no="", times=2)
    for _ in range(2):
        assert ask(merchant, "trade", yesterday).refusal == "isp.bill_not_exist"
    assert ask(merchant, "trade", yesterday)["code"] == "10000"

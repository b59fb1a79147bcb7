"""Each kit understands each refusal: as Alipay words it, signed as Alipay signs it."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.sdk.kits import Kit, running_kit
from tests.sdk.test_whole_life import cashier, scan
from tests.simulator.harness import Simulator

pytestmark = pytest.mark.xdist_group("sdk")

PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"
CLOSE = "alipay.trade.close"
REFUND = "alipay.trade.refund"
REFUND_QUERY = "alipay.trade.fastpay.refund.query"
NOT_SIMULATED = "alipay.trade.orderinfo.sync"

Order = dict[str, Any]
Fault = Callable[..., dict[str, Any]]
Paid = Callable[[], str]


@pytest.fixture
def paid(kit: Kit, simulator: Simulator, order: Order) -> Paid:
    def make() -> str:
        kit.call(PRECREATE, order)
        simulator.pay(order["out_trade_no"])
        return str(order["out_trade_no"])

    return make


@pytest.fixture
def waiting(kit: Kit, simulator: Simulator, order: Order) -> str:
    """The number of a trade that was scanned, but not paid."""
    scan(simulator, kit.call(PRECREATE, order)["qr_code"])
    return str(order["out_trade_no"])


def refused(kit: Kit, method: str, biz: Order, code: str = "40004") -> str:
    """The ``sub_code`` of a refusal; the kit has checked who says so."""
    node = kit.call(method, biz)
    assert node["code"] == code, node
    assert node["sub_msg"]
    return str(node["sub_code"])


def refund(kit: Kit, number: str, amount: str, name: str = "") -> dict[str, Any]:
    biz = {"out_trade_no": number, "refund_amount": amount}
    return kit.call(REFUND, biz | ({"out_request_no": name} if name else {}))


@pytest.mark.parametrize(
    ("change", "sub_code"),
    [
        ({"total_amount": "0"}, "ACQ.INVALID_PARAMETER"),
        ({"total_amount": "100000000.01"}, "ACQ.TOTAL_FEE_EXCEED"),
        (
            {"time_expire": "2020-01-01 00:00:00"},
            "ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR",
        ),
    ],
)
def test_an_order_that_cannot_be(
    kit: Kit, order: Order, change: Order, sub_code: str
) -> None:
    assert refused(kit, PRECREATE, order | change) == sub_code


def test_an_order_that_is_known_otherwise(kit: Kit, order: Order) -> None:
    kit.call(PRECREATE, order)
    dearer = order | {"total_amount": "99.00"}
    assert refused(kit, PRECREATE, dearer) == "ACQ.CONTEXT_INCONSISTENT"


def test_an_order_that_is_paid_or_over(kit: Kit, order: Order, paid: Paid) -> None:
    number = paid()
    assert refused(kit, PRECREATE, order) == "ACQ.TRADE_HAS_SUCCESS"
    refund(kit, number, "88.88")
    assert refused(kit, PRECREATE, order) == "ACQ.TRADE_HAS_CLOSE"


@pytest.mark.parametrize("method", [QUERY, CLOSE, REFUND, REFUND_QUERY])
def test_a_trade_nobody_knows(kit: Kit, number: str, method: str) -> None:
    needed = {
        REFUND: {"refund_amount": "1.00"},
        REFUND_QUERY: {"out_request_no": "R1"},
    }
    biz = {"out_trade_no": number} | needed.get(method, {})
    assert refused(kit, method, biz) == "ACQ.TRADE_NOT_EXIST"


@pytest.mark.parametrize("method", [QUERY, CLOSE])
def test_a_number_that_is_too_long(kit: Kit, method: str) -> None:
    assert refused(kit, method, {"out_trade_no": "T" * 65}) == "ACQ.INVALID_PARAMETER"


def test_a_trade_that_is_not_paid(kit: Kit, waiting: str) -> None:
    assert refund(kit, waiting, "1.00")["sub_code"] == "ACQ.TRADE_STATUS_ERROR"


def test_a_trade_that_is_paid_is_not_closed(kit: Kit, paid: Paid) -> None:
    biz = {"out_trade_no": paid()}
    assert refused(kit, CLOSE, biz) == "ACQ.TRADE_STATUS_ERROR"


def test_refunds_that_cannot_be(kit: Kit, paid: Paid, fault: Fault) -> None:
    number = paid()

    def told(amount: str, name: str = "") -> str:
        node = refund(kit, number, amount, name)
        assert (node["refund_fee"], node["out_trade_no"]) == ("0.00", number)
        return str(node["sub_code"])

    assert told("1.00") == "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL"
    assert told("88.89", "R0") == "ACQ.REASON_TRADE_REFUND_FEE_ERR"
    fault("refund_no_balance")
    assert told("8.00", "R1") == "ACQ.SELLER_BALANCE_NOT_ENOUGH"
    assert refund(kit, number, "8.00", "R1")["fund_change"] == "Y"
    assert told("9.00", "R1") == "ACQ.DISCORDANT_REPEAT_REQUEST"
    assert refund(kit, number, "80.88", "R2")["fund_change"] == "Y"
    assert told("1.00", "R3") == "ACQ.TRADE_HAS_CLOSE"


def test_a_refund_nobody_asked_for_is_answered_empty(kit: Kit, paid: Paid) -> None:
    biz = {"out_trade_no": paid(), "out_request_no": "none"}
    node = kit.call(REFUND_QUERY, biz)
    assert {name for name in node if name != "traceId"} == {"code", "msg"}


def test_methods_that_are_not_there_or_not_allowed(
    kit: Kit, simulator: Simulator, order: Order
) -> None:
    biz = {"out_trade_no": order["out_trade_no"]}
    unknown = refused(kit, NOT_SIMULATED, biz, "40002")
    simulator.control("app", {"disabled_methods": [QUERY]})
    lost = refused(kit, QUERY, biz, "40006")
    simulator.control("app", {"disabled_methods": [], "enabled": False})
    off = refused(kit, QUERY, biz, "40003")
    simulator.control("app", {"enabled": True})

    assert unknown == "isv.invalid-method"
    assert lost == "isv.insufficient-isv-permissions"
    assert off == "isv.invalid-app-state"


@pytest.mark.parametrize(
    ("kind", "code", "sub_code"),
    [
        ("system_error", "40004", "ACQ.SYSTEM_ERROR"),
        ("unavailable", "20000", "isp.unknow-error"),
    ],
)
def test_alipay_does_not_know(
    kit: Kit, order: Order, fault: Fault, kind: str, code: str, sub_code: str
) -> None:
    fault(kind)
    assert refused(kit, PRECREATE, order, code) == sub_code
    assert kit.call(PRECREATE, order)["code"] == "10000"


BAD_ANSWERS = (
    "wrong_signature",
    "unsigned",
    "garbage",
    "http_500",
    "closed_connection",
    "answer_lost",
)


@pytest.mark.parametrize("kind", BAD_ANSWERS)
def test_an_answer_that_is_none_is_never_a_success(
    kit: Kit, simulator: Simulator, order: Order, fault: Fault, kind: str
) -> None:
    # The npm kit asks again by itself when a connection closes.
    on = fault(kind, times=None)
    told = kit.ask("call", method=PRECREATE, biz=order)
    simulator.control(f"faults/{on['id']}/off", {})

    assert told["error"]
    assert kit.call(PRECREATE, order)["code"] == "10000"


@pytest.fixture
def with_settings(kit: Kit, simulator: Simulator) -> Callable[..., dict[str, Any]]:
    """Asks a kit that was set up wrongly."""

    def ask(**wrong: str) -> dict[str, Any]:
        with running_kit(kit.name, simulator.app | wrong) as misled:
            return misled.ask("call", method=QUERY, biz={"out_trade_no": "T1"})

    return ask


def test_an_unknown_app_is_refused_without_a_signature(
    kit: Kit, with_settings: Callable[..., dict[str, Any]]
) -> None:
    told = with_settings(app_id="9021999999999999")
    # The kits want a signature; the npm one even stumbles over its absence.
    assert "node" not in told
    if kit.name != "node":
        assert "isv.invalid-app-id" in told["error"] or "40002" in told["error"]


def test_a_foreign_key_signs_for_nobody(
    simulator: Simulator, with_settings: Callable[..., dict[str, Any]]
) -> None:
    alipays = str(simulator.data / "alipay_private_key.pem")
    told = with_settings(app_private_key_file=alipays)
    assert told["node"]["sub_code"] == "isv.invalid-signature"


def test_the_wrong_public_key_believes_nothing(
    simulator: Simulator, with_settings: Callable[..., dict[str, Any]]
) -> None:
    told = with_settings(alipay_public_key_file=simulator.app["app_public_key_file"])
    assert "node" not in told


def test_pages_of_orders_that_cannot_be_paid(
    kit: Kit, simulator: Simulator, order: Order, paid: Paid
) -> None:
    def page(change: Order) -> str:
        response = httpx.get(cashier(kit, simulator, order | change), trust_env=False)
        assert response.status_code == 200
        return response.content.decode("gbk")

    number = paid()
    assert "错误代码 TRADE_HAS_SUCCESS" in page({})
    assert "错误代码 TRADE_HAS_SUCCESS" in page({"total_amount": "1.00"})
    refund(kit, number, "88.88")
    assert "错误代码 TRADE_HAS_CLOSE" in page({})
    new = {"out_trade_no": f"{number}x"}
    assert "错误代码 INVALID_PARAMETER" in page(new | {"total_amount": "0"})

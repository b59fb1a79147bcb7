"""Every field: how long it may be, what it may say, and how it is refused."""

import json
from typing import Any

import pytest

from tests.simulator.harness import Merchant
from tests.simulator.test_orders import CANCEL, CLOSE, PRECREATE, QUERY

REFUND = "alipay.trade.refund"
REFUND_QUERY = "alipay.trade.fastpay.refund.query"
PAGE = "alipay.trade.page.pay"
WAP = "alipay.trade.wap.pay"
CODES = {PAGE: "FAST_INSTANT_TRADE_PAY", WAP: "QUICK_WAP_WAY"}
GOODS = {"goods_id": "g", "goods_name": "n", "quantity": 1, "price": "1.00"}

Order = dict[str, Any]

BAD = [
    # What an order must say
    ({"out_trade_no": None}, "out_trade_no"),
    ({"out_trade_no": "测"}, "out_trade_no"),
    ({"out_trade_no": ["T"]}, "out_trade_no"),
    ({"total_amount": ""}, "total_amount"),
    ({"total_amount": "0.00"}, "total_amount"),
    ({"total_amount": "1,00"}, "total_amount"),
    ({"total_amount": " 1"}, "total_amount"),
    ({"total_amount": "+1"}, "total_amount"),
    ({"total_amount": "1."}, "total_amount"),
    ({"total_amount": "١"}, "total_amount"),
    ({"total_amount": {}}, "total_amount"),
    ({"subject": None}, "subject"),
    ({"subject": 1.5}, "subject"),
    # What it may say
    ({"timeout_express": "0m"}, "timeout_express"),
    ({"timeout_express": "90"}, "timeout_express"),
    ({"timeout_express": "1w"}, "timeout_express"),
    ({"timeout_express": "2c"}, "timeout_express"),
    ({"timeout_express": "361h"}, "timeout_express"),
    ({"time_expire": "2030-13-01 00:00:00"}, "time_expire"),
    ({"time_expire": "2030-01-01T00:00:00"}, "time_expire"),
    ({"enable_pay_channels": "balance", "disable_pay_channels": "pcredit"}, "channels"),
    ({"extend_params": "{}"}, "extend_params"),
    ({"extend_params": {"hb_fq_num": "5"}}, "hb_fq_num"),
    ({"extend_params": {"hb_fq_seller_percent": "50"}}, "hb_fq_seller_percent"),
    ({"extend_params": {"royalty_freeze": "yes"}}, "royalty_freeze"),
    ({"business_params": "{}"}, "business_params"),
    ({"discountable_amount": "1.234"}, "discountable_amount"),
    ({"goods_detail": {}}, "goods_detail"),
    ({"goods_detail": ["g"]}, "goods_detail"),
    ({"goods_detail": [GOODS | {"goods_id": ""}]}, "goods_id"),
    ({"goods_detail": [GOODS | {"goods_name": None}]}, "goods_name"),
    ({"goods_detail": [GOODS | {"quantity": 0}]}, "quantity"),
    ({"goods_detail": [GOODS | {"quantity": "many"}]}, "quantity"),
    ({"goods_detail": [GOODS | {"price": "free"}]}, "price"),
]
LONGEST = {
    "out_trade_no": 64,
    "subject": 256,
    "body": 400,
    "product_code": 64,
    "passback_params": 512,
    "enable_pay_channels": 128,
    "disable_pay_channels": 128,
    "store_id": 32,
    "operator_id": 28,
    "terminal_id": 32,
    "merchant_order_no": 32,
}


def refusal(merchant: Merchant, method: str, biz: Order) -> str:
    """The field that is named, or "" for a success."""
    answer = merchant.call(method, biz_content=json.dumps(biz))
    if not answer.refusal:
        return ""
    assert answer.refusal == "ACQ.INVALID_PARAMETER", answer.node
    assert answer["sub_msg"].startswith("参数无效：")
    return str(answer["sub_msg"].partition("：")[2])


@pytest.mark.parametrize(("change", "field"), BAD, ids=str)
def test_a_bad_field_of_an_order_is_named(
    merchant: Merchant, order: Order, change: Order, field: str
) -> None:
    assert refusal(merchant, PRECREATE, order | change).endswith(field)


@pytest.mark.parametrize(("change", "field"), BAD, ids=str)
@pytest.mark.parametrize("method", [PAGE, WAP])
def test_a_browser_is_told_so_on_a_page(
    merchant: Merchant, order: Order, method: str, change: Order, field: str
) -> None:
    biz = order | {"product_code": CODES[method]} | change
    page = merchant.http.get(merchant.page_address(method, biz)).content.decode("gbk")
    assert "错误代码 INVALID_PARAMETER" in page
    assert field in page


@pytest.mark.parametrize(("field", "longest"), LONGEST.items(), ids=str)
def test_a_field_has_a_greatest_length(
    merchant: Merchant, order: Order, field: str, longest: int
) -> None:
    number = order["out_trade_no"]
    fits = number.ljust(longest, "x")[:longest] if "no" in field else "测" * longest
    assert refusal(merchant, PRECREATE, order | {field: fits}) == ""
    assert refusal(merchant, PRECREATE, order | {field: fits + "x"}) == field


@pytest.mark.parametrize(
    "change",
    [
        {"timeout_express": "1m"},
        {"timeout_express": "15d"},
        {"timeout_express": "360h"},
        {"timeout_express": "1c"},
        {"time_expire": "2999-01-01 00:00:00"},
        {"total_amount": "0.01"},
        {"total_amount": 100000000},
        {"total_amount": "100000000.00"},
        {"total_amount": 1.1},
        {"out_trade_no": 1234567},
        {"body": None},
        {"qr_code_timeout_express": "1m"},
        {"product_code": "FACE_TO_FACE_PAYMENT"},
        {"extend_params": {"hb_fq_num": "12", "hb_fq_seller_percent": 0, "x": 1}},
        {"business_params": {"mc_create_trade_ip": "127.0.0.1"}},
        {"goods_detail": [GOODS] * 150},
        {"discountable_amount": "0.00"},
        {"unknown": {"is": ["ignored"]}},
    ],
    ids=lambda change: str(change)[:50],
)
def test_what_is_right_is_taken(
    merchant: Merchant, order: Order, change: Order
) -> None:
    assert refusal(merchant, PRECREATE, order | change) in ("", "out_trade_no")
    assert merchant.call(PRECREATE, order | change)["code"] == "10000"


def test_there_may_be_so_many_goods(merchant: Merchant, order: Order) -> None:
    answer = merchant.call(PRECREATE, order | {"goods_detail": [GOODS] * 151})
    assert answer.refusal == "ACQ.SUB_GOODS_SIZE_MAX_COUNT"


def test_a_code_may_be_shared(merchant: Merchant, order: Order) -> None:
    made = merchant.call(PRECREATE, order | {"code_type": "share_code"})
    assert made["qr_code"].endswith(made["share_code"])
    assert "share_code" not in merchant.call(PRECREATE, order).node
    assert refusal(merchant, PRECREATE, order | {"code_type": "x"}) == "code_type"


@pytest.mark.parametrize("method", [PAGE, WAP])
def test_a_page_needs_its_own_product(
    merchant: Merchant, order: Order, method: str
) -> None:
    for code in ("", "QR_CODE_OFFLINE", CODES[WAP if method == PAGE else PAGE]):
        address = merchant.page_address(method, order | {"product_code": code})
        page = merchant.http.get(address).content.decode("gbk")
        assert "product_code" in page
    good = merchant.page_address(method, order | {"product_code": CODES[method]})
    assert merchant.http.get(good).status_code == 302


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("qr_pay_mode", "5"),
        ("goods_type", "2"),
        ("integration_type", "PHONE"),
        ("qrcode_width", "12345"),
    ],
)
def test_a_bad_field_of_the_desktop_page_is_named(
    merchant: Merchant, order: Order, field: str, bad: str
) -> None:
    biz = order | {"product_code": CODES[PAGE], field: bad}
    page = merchant.http.get(merchant.page_address(PAGE, biz)).content.decode("gbk")
    assert field in page


def test_a_phone_has_five_minutes_at_least(merchant: Merchant, order: Order) -> None:
    for allowed, status in (("4m", 200), ("5m", 302)):
        biz = order | {"product_code": CODES[WAP], "timeout_express": allowed}
        assert merchant.http.get(merchant.page_address(WAP, biz)).status_code == status


ADDRESS = "https://shop.example/notify?"


@pytest.mark.parametrize("address", ["ftp://x/", "x", "http://", ADDRESS.ljust(257)])
def test_an_address_for_news_is_one(
    merchant: Merchant, order: Order, address: str
) -> None:
    good = merchant.call(PRECREATE, order, notify_url=ADDRESS.ljust(256, "x"))
    bad = merchant.call(PRECREATE, order, notify_url=address)
    assert good["code"] == "10000"
    assert bad["sub_msg"] == "参数无效：notify_url"


@pytest.mark.parametrize("method", [QUERY, CLOSE, CANCEL, REFUND, REFUND_QUERY])
def test_a_trade_must_be_named(merchant: Merchant, method: str) -> None:
    needed = {"refund_amount": "1.00", "out_request_no": "R1"}
    for names in ({}, {"out_trade_no": "", "trade_no": None}):
        assert refusal(merchant, method, needed | names) == "out_trade_no"
    for name in ("out_trade_no", "trade_no"):
        assert refusal(merchant, method, needed | {name: "x" * 65}) == name
        assert refusal(merchant, method, needed | {name: ["x"]}) == name


@pytest.mark.parametrize(
    ("method", "change", "field"),
    [
        (QUERY, {"query_options": "fund_bill_list"}, "query_options"),
        (CLOSE, {"operator_id": "x" * 29}, "operator_id"),
        (REFUND, {"refund_amount": None}, "refund_amount"),
        (REFUND, {"refund_amount": "0"}, "refund_amount"),
        (REFUND, {"out_request_no": "x" * 65}, "out_request_no"),
        (REFUND, {"refund_reason": "x" * 257}, "refund_reason"),
        (REFUND, {"refund_currency": "x" * 9}, "refund_currency"),
        (REFUND, {"query_options": {}}, "query_options"),
        (REFUND, {"refund_goods_detail": ["x"]}, "refund_goods_detail"),
        (REFUND, {"refund_royalty_parameters": "x"}, "refund_royalty_parameters"),
        (REFUND_QUERY, {"out_request_no": None}, "out_request_no"),
        (REFUND_QUERY, {"out_request_no": "x" * 65}, "out_request_no"),
        (REFUND_QUERY, {"query_options": "x"}, "query_options"),
    ],
    ids=str,
)
def test_a_bad_field_about_a_trade_is_named(
    merchant: Merchant, method: str, change: Order, field: str
) -> None:
    biz = {"out_trade_no": "T", "refund_amount": "1.00", "out_request_no": "R1"}
    assert refusal(merchant, method, biz | change) == field


def test_alipays_number_wins_over_the_shops(
    merchant: Merchant, order: Order, paid: Any
) -> None:
    number = paid()
    trade_no = merchant.call(QUERY, order)["trade_no"]
    both = merchant.call(QUERY, {"trade_no": trade_no, "out_trade_no": "other"})
    assert both["out_trade_no"] == number
    wrong = merchant.call(QUERY, {"trade_no": "2" * 28, "out_trade_no": number})
    assert wrong.refusal == "ACQ.TRADE_NOT_EXIST"

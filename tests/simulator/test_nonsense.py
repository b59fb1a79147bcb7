"""Whatever comes, the gateway answers in Alipay's shape, and never breaks inside."""

import json
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulator.harness import Answer, Merchant, Simulator

QUERY = "alipay.trade.query"
PAGES = ("alipay.trade.page.pay", "alipay.trade.wap.pay")
METHODS = (
    "alipay.trade.precreate",
    "alipay.trade.create",
    "alipay.trade.query",
    "alipay.trade.close",
    "alipay.trade.cancel",
    "alipay.trade.refund",
    "alipay.trade.fastpay.refund.query",
    "alipay.trade.order.settle",
    "alipay.trade.order.settle.query",
    "alipay.trade.order.onsettle.query",
    "alipay.trade.royalty.relation.bind",
    "alipay.trade.royalty.relation.unbind",
    "alipay.trade.royalty.relation.batchquery",
    "alipay.trade.royalty.rate.query",
    "alipay.trade.settle.confirm",
    "alipay.fund.trans.uni.transfer",
    "alipay.fund.trans.common.query",
    "alipay.fund.account.query",
    "alipay.data.dataservice.bill.downloadurl.query",
)
CODES = {"10000", "40001", "40002", "40003", "40004", "40006"}

FIELDS = [
    # Of orders and trades
    "body",
    "buyer_id",
    "disable_pay_channels",
    "enable_pay_channels",
    "extend_params",
    "goods_detail",
    "operator_id",
    "out_request_no",
    "out_trade_no",
    "passback_params",
    "product_code",
    "qr_code_timeout_express",
    "query_options",
    "refund_amount",
    "refund_reason",
    "refund_royalty_parameters",
    "seller_id",
    "settle_info",
    "store_id",
    "sub_merchant",
    "subject",
    "time_expire",
    "timeout_express",
    "total_amount",
    "trade_no",
    # Of shares and held money
    "account",
    "actual_amount",
    "amount",
    "amount_percentage",
    "merchant_id",
    "page_num",
    "page_size",
    "receiver_list",
    "royalty_parameters",
    "settle_detail_infos",
    "settle_period_time",
    "trans_in",
    "trans_in_type",
    "trans_out",
    "type",
    # Of transfers and bills
    "bill_date",
    "bill_type",
    "biz_scene",
    "business_params",
    "identity",
    "identity_type",
    "name",
    "order_id",
    "order_title",
    "out_biz_no",
    "payee_info",
    "remark",
    "trans_amount",
]

texts = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "1",
            "0.01",
            "88.88",
            "1e9",
            "NaN",
            "Infinity",
            "-1",
            "٣",
            "1" * 400,
            "T1",
            "a\x00b",
            "2088721000000001",
            "TRANS_ACCOUNT_NO_PWD",
            "DIRECT_TRANSFER",
            "ALIPAY_USER_ID",
            "userId",
            "transfer",
            "QR_CODE_OFFLINE",
            "FAST_INSTANT_TRADE_PAY",
            "2026-01-01",
            "2026-02-30 00:00:00",
            "9999-12-31 23:59:59",
            "0001-01-01 00:00:00",
            "15d",
            "1c",
            "99999d",
            "balance,pcredit",
            "trade",
        ]
    ),
)
scalars = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False),
    st.sampled_from([10**400, 2**63, -(2**63), 0]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    ),
    max_leaves=8,
)
contents = st.dictionaries(st.sampled_from(FIELDS), values, max_size=8)

thorough = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def assert_shape(response: httpx.Response) -> None:
    """A node with a code Alipay knows, or a page for a browser."""
    assert response.status_code in (200, 302), response.text
    if response.status_code == 302:
        assert response.headers["location"].startswith("/cashier/")
    elif response.content.startswith(b"{"):
        charset = "gbk" if "GBK" in response.headers["content-type"] else "utf-8"
        told = json.loads(response.content.decode(charset))
        [node] = [value for key, value in told.items() if key != "sign"]
        assert node["code"] in CODES, node
    else:
        assert "错误代码" in response.content.decode("gbk")
        assert "unknow-error" not in response.content.decode("gbk")


pairs = st.lists(
    st.tuples(
        st.sampled_from(
            ["app_id", "method", "sign", "sign_type", "charset", "biz_content", "x"]
        ),
        st.binary(max_size=12),
    ),
    max_size=8,
)


@thorough
@given(verb=st.sampled_from(["GET", "POST"]), query=pairs, body=st.binary(max_size=200))
def test_random_bytes_are_refused_in_alipays_shape(
    merchant: Merchant, verb: str, query: list[tuple[str, bytes]], body: bytes
) -> None:
    named = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query)
    app = f"app_id={merchant.app['app_id']}&" if len(body) % 2 else ""
    response = merchant.http.request(
        verb,
        f"{merchant.gateway}?{app}{named}",
        content=body if verb == "POST" else b"",
    )
    assert_shape(response)


@thorough
@given(
    method=st.sampled_from((*METHODS, *PAGES)),
    biz=contents,
    charset=st.sampled_from(["utf-8", "gbk"]),
)
def test_random_fields_are_refused_in_alipays_shape(
    merchant: Merchant, method: str, biz: dict[str, Any], charset: str
) -> None:
    params = merchant.params(method, {}, charset=charset)
    params["biz_content"] = json.dumps(biz, ensure_ascii=True)
    response = merchant.http.post(merchant.gateway, data=merchant.signed(params))
    assert_shape(response)


def good(method: str) -> dict[str, Any]:
    """Fields with which a method has something to do."""
    return {
        "out_trade_no": "N1",
        "total_amount": "1.00",
        "subject": "x",
        "product_code": {
            PAGES[0]: "FAST_INSTANT_TRADE_PAY",
            PAGES[1]: "QUICK_WAP_WAY",
            "alipay.fund.trans.uni.transfer": "TRANS_ACCOUNT_NO_PWD",
        }.get(method, "QR_CODE_OFFLINE"),
        "refund_amount": "1.00",
        "out_request_no": "R1",
        "trans_amount": "1.00",
        "biz_scene": "DIRECT_TRANSFER",
        "out_biz_no": "B1",
        "bill_type": "trade",
        "bill_date": "2020-01-01",
    }


@thorough
@given(
    method=st.sampled_from((*METHODS, *PAGES)),
    change=st.dictionaries(st.sampled_from(FIELDS), values, min_size=1, max_size=2),
)
def test_one_wrong_field_among_good_ones_is_refused_in_alipays_shape(
    merchant: Merchant, method: str, change: dict[str, Any]
) -> None:
    params = merchant.params(method, {})
    params["biz_content"] = json.dumps(good(method) | change)
    assert_shape(merchant.http.post(merchant.gateway, data=merchant.signed(params)))


@pytest.mark.parametrize(
    "text",
    [
        "1e999999999",
        "1E+999999",
        "-1e-999999999",
        "9" * 4299,
        "9" * 5000,
        "0." + "0" * 5000 + "1",
        "NaN",
        "Infinity",
        '"' + "9" * 100_000 + '"',
        '"\\ud800"',
        '"\\u0000"',
        "[" * 50_000 + "]" * 50_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
    ],
    ids=range(13),
)
@pytest.mark.parametrize("field", ["total_amount", "out_trade_no", "query_options"])
def test_monstrous_values(merchant: Merchant, field: str, text: str) -> None:
    params = merchant.params("alipay.trade.precreate", {})
    fields = {"out_trade_no": '"N2"', "subject": '"x"', "total_amount": '"1"'}
    fields[field] = text
    inner = ",".join(f'"{name}":{value}' for name, value in fields.items())
    params["biz_content"] = f"{{{inner}}}"
    assert_shape(merchant.http.post(merchant.gateway, data=merchant.signed(params)))


def test_a_parameter_twice_counts_as_its_first(merchant: Merchant) -> None:
    params = merchant.signed(merchant.params(QUERY, {"out_trade_no": "none"}))
    query = urlencode(params)
    first = merchant.http.post(f"{merchant.gateway}?{query}", data={"version": "9.9"})
    assert merchant.read(first).refusal == "ACQ.TRADE_NOT_EXIST"
    last = merchant.http.post(f"{merchant.gateway}?version=9.9&{query}")
    assert merchant.read(last).refusal == "isv.invalid-signature"


def test_a_json_field_twice_counts_as_its_last(
    merchant: Merchant, order: dict[str, Any]
) -> None:
    text = json.dumps(order)[:-1] + ',"total_amount":"0"}'
    answer = merchant.call("alipay.trade.precreate", biz_content=text)
    assert answer.refusal == "ACQ.INVALID_PARAMETER"


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("application/json", b'{"app_id":"1"}'),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nabc\r\n--x--\r\n"),
        ("multipart/form-data", b"--\r\n"),
        ("application/x-www-form-urlencoded; charset=ebcdic", b"app_id=1"),
        ("text/xml", b"<xml/>"),
        ("", b"\x00\xff" * 100),
    ],
)
def test_other_bodies_say_nothing(
    merchant: Merchant, kind: str, content: bytes
) -> None:
    """Their parameters count as missing; those of the address are good still."""
    alone = merchant.http.post(
        merchant.gateway, content=content, headers={"content-type": kind}
    )
    assert merchant.read(alone)["code"] in ("40001", "40002")


def test_long_addresses_and_bodies(merchant: Merchant) -> None:
    biz = {"out_trade_no": "none", "x": "测" * 850}
    fits: Answer = merchant.send(merchant.signed(merchant.params(QUERY, biz)), "GET")
    assert len(str(fits.response.request.url)) > 8000
    assert fits.refusal == "ACQ.TRADE_NOT_EXIST"

    query = {"app_id": merchant.app["app_id"], "method": QUERY}
    body = {"biz_content": "x" * 999_000}
    long = merchant.http.post(merchant.gateway, params=query, data=body)
    assert merchant.read(long).refusal == "isv.missing-signature-type"
    body = {"biz_content": "x" * 1_000_001}
    too_long = merchant.http.post(merchant.gateway, params=query, data=body)
    answer = merchant.read(too_long)
    assert (answer.refusal, answer.signed) == ("isv.invalid-parameter", True)


def test_a_body_in_chunks_is_read(merchant: Merchant) -> None:
    params = urlencode(merchant.signed(merchant.params(QUERY, {"out_trade_no": "no"})))

    def chunks() -> Any:
        yield params[:100].encode()
        yield params[100:].encode()

    response = merchant.http.post(merchant.gateway, content=chunks())
    assert "content-length" not in response.request.headers
    assert merchant.read(response).refusal == "ACQ.TRADE_NOT_EXIST"


@thorough
@given(
    path=st.text("abcdefghij/._-%\x00é", max_size=20),
    header=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40),
    body=st.binary(max_size=50),
)
def test_random_bytes_are_refused_in_the_shape_of_v3(
    merchant: Merchant, path: str, header: str, body: bytes
) -> None:
    auth = f"app_id={merchant.app['app_id']},{header}" if len(body) % 2 else header
    target = f"/v3/alipay/trade/x{quote_from_bytes(path.encode())}"
    response = merchant.http.post(
        f"{merchant.app['base_url']}{target}",
        content=body,
        headers={"authorization": auth},
    )
    assert response.status_code == 400, response.text
    assert set(response.json()) == {"code", "message", "links"}


def test_the_bank_is_still_sound(simulator: Simulator) -> None:
    assert simulator.control("people")["ledger_sum"] == "0.00"

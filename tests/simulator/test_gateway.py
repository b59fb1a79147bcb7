"""What the gateway refuses, in which order and words, and who signs it."""

from typing import Any

import httpx
import pytest

from tests.simulator.harness import Answer, Merchant, Simulator

QUERY = "alipay.trade.query"
PAGE = "alipay.trade.page.pay"
BIZ = {"out_trade_no": "T1"}


def said(answer: Answer) -> tuple[str, str]:
    return answer["code"], answer.refusal


def without(params: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in params.items() if key != name}


@pytest.mark.parametrize(
    ("change", "code", "sub_code"),
    [
        ({"app_id": ""}, "40001", "isv.missing-app-id"),
        ({"app_id": "9021999999999999"}, "40002", "isv.invalid-app-id"),
    ],
)
def test_an_unknown_app_is_answered_unsigned(
    merchant: Merchant, change: dict[str, str], code: str, sub_code: str
) -> None:
    answer = merchant.call(QUERY, BIZ, **change)

    assert said(answer) == (code, sub_code)
    assert answer.key == "alipay_trade_query_response"
    assert not answer.signed


@pytest.mark.parametrize(
    ("change", "code", "sub_code"),
    [
        ({"sign_type": ""}, "40001", "isv.missing-signature-type"),
        ({"sign_type": "RSA"}, "40002", "isv.invalid-signature-type"),
        ({"charset": "latin-1"}, "40002", "isv.invalid-charset"),
        ({"format": "XML"}, "40002", "isv.invalid-format"),
        ({"version": ""}, "40001", "isv.missing-version"),
        ({"timestamp": ""}, "40001", "isv.missing-timestamp"),
        ({"timestamp": "2026-02-30 08:00:00"}, "40002", "isv.invalid-timestamp"),
        ({"timestamp": "2026-1-1 8:0:0"}, "40002", "isv.invalid-timestamp"),
        ({"timestamp": "２０２６-01-01 08:00:00"}, "40002", "isv.invalid-timestamp"),
        ({"encrypt_type": "DES"}, "40002", "isv.invalid-encrypt-type"),
        ({"encrypt_type": "AES"}, "40002", "isv.missing-encrypt-key"),
        ({"biz_content": "[1]"}, "40002", "isv.invalid-parameter"),
        ({"biz_content": "{"}, "40002", "isv.invalid-parameter"),
        ({"biz_content": "[" * 100_000}, "40002", "isv.invalid-parameter"),
        ({"biz_content": ""}, "40004", "ACQ.INVALID_PARAMETER"),
    ],
)
def test_a_known_app_is_refused_in_a_signed_answer(
    merchant: Merchant, change: dict[str, str], code: str, sub_code: str
) -> None:
    answer = merchant.call(QUERY, BIZ, **change)

    assert said(answer) == (code, sub_code)
    assert answer.signed
    assert list(answer.node)[:4] == ["code", "msg", "sub_code", "sub_msg"]


DEFECTS: list[tuple[dict[str, str], str]] = [
    ({"app_id": ""}, "isv.missing-app-id"),
    ({"app_id": "9021999999999999"}, "isv.invalid-app-id"),
    ({"method": ""}, "isv.missing-method"),
    ({"sign_type": ""}, "isv.missing-signature-type"),
    ({"sign_type": "RSA"}, "isv.invalid-signature-type"),
    ({"sign": ""}, "isv.missing-signature"),
    ({"sign": "AAAA"}, "isv.invalid-signature"),
    ({"charset": "latin-1"}, "isv.invalid-charset"),
    ({"format": "XML"}, "isv.invalid-format"),
    ({"version": ""}, "isv.missing-version"),
    ({"timestamp": ""}, "isv.missing-timestamp"),
    ({"timestamp": "now"}, "isv.invalid-timestamp"),
    ({"method": "alipay.no.such"}, "isv.invalid-method"),
    ({"encrypt_type": "DES"}, "isv.invalid-encrypt-type"),
    ({"encrypt_type": "AES"}, "isv.missing-encrypt-key"),
    ({"biz_content": "["}, "isv.invalid-parameter"),
    ({"biz_content": "{}"}, "ACQ.INVALID_PARAMETER"),
]
"""What can be wrong, in the order in which the gateway says so."""


def test_of_many_defects_the_first_is_named(merchant: Merchant) -> None:
    for first, (_, sub_code) in enumerate(DEFECTS):
        wrong: dict[str, str] = {}
        for change, _ in DEFECTS[: first - 1 if first else None : -1]:
            wrong |= change
        params = merchant.params(QUERY, BIZ) | wrong
        sign = merchant.signed(params)["sign"]
        answer = merchant.send({"sign": sign} | params)
        assert answer.refusal == sub_code, wrong


def test_a_missing_method_is_an_error_response(merchant: Merchant) -> None:
    answer = merchant.call("", BIZ)

    assert said(answer) == ("40001", "isv.missing-method")
    assert (answer.key, answer.signed) == ("error_response", True)


def test_an_unknown_method_answers_under_its_own_name(merchant: Merchant) -> None:
    answer = merchant.call("alipay.no.such", BIZ)

    assert said(answer) == ("40002", "isv.invalid-method")
    assert (answer.key, answer.signed) == ("alipay_no_such_response", True)


def test_a_missing_signature_is_refused(merchant: Merchant) -> None:
    answer = merchant.send(merchant.params(QUERY, BIZ))

    assert said(answer) == ("40001", "isv.missing-signature")


@pytest.mark.parametrize("sign", ["AAAA", "no base64"])
def test_a_wrong_signature_is_told_what_should_have_been_signed(
    merchant: Merchant, sign: str
) -> None:
    answer = merchant.send(merchant.params(QUERY, BIZ) | {"sign": sign})

    assert said(answer) == ("40002", "isv.invalid-signature")
    assert "&amp;biz_content={&quot;out_trade_no&quot;" in answer["sub_msg"]
    assert "sign_type=RSA2" in answer["sub_msg"]
    assert answer.signed


def test_a_change_after_signing_is_noticed(merchant: Merchant) -> None:
    params = merchant.signed(merchant.params(QUERY, BIZ))

    answer = merchant.send(params | {"notify_url": "http://elsewhere.example/"})

    assert answer.refusal == "isv.invalid-signature"


def test_get_and_absolute_form_and_split_parameters_are_understood(
    merchant: Merchant,
) -> None:
    params = merchant.signed(merchant.params(QUERY, BIZ))
    body = {"biz_content": params["biz_content"]}
    common = without(params, "biz_content")

    split = merchant.read(
        merchant.http.post(merchant.gateway, params=common, data=body)
    )
    target = str(httpx.URL(merchant.gateway, params=common)).encode()
    request = merchant.http.build_request("POST", merchant.gateway, data=body)
    request.extensions["target"] = target
    absolute = merchant.read(merchant.http.send(request))

    for answer in (merchant.send(params, "GET"), split, absolute):
        assert answer.refusal == "ACQ.TRADE_NOT_EXIST"


@pytest.mark.parametrize("charset", ["gbk", "GB2312"])
def test_a_gbk_request_is_answered_in_gbk(
    merchant: Merchant, order: dict[str, Any], charset: str
) -> None:
    made = merchant.call("alipay.trade.precreate", order, charset=charset)
    again = merchant.call("alipay.trade.precreate", order)
    refused = merchant.call(QUERY, {}, charset=charset)

    assert made["code"] == "10000"
    # The subject arrived as what it was, or this would be another order.
    assert again["qr_code"] == made["qr_code"]
    assert made.response.headers["content-type"] == "text/html;charset=GBK"
    assert refused["sub_msg"] == "参数无效：out_trade_no"


def test_slashes_are_escaped_and_the_body_is_not_json_typed(
    merchant: Merchant, order: dict[str, Any]
) -> None:
    answer = merchant.call("alipay.trade.precreate", order)

    assert rb"https:\/\/qr.alipay.com\/bax" in answer.response.content
    assert answer.response.headers["content-type"] == "text/html;charset=utf-8"


def test_other_verbs_are_not_allowed(merchant: Merchant) -> None:
    assert merchant.http.put(merchant.gateway).status_code == 405
    assert merchant.http.head(merchant.gateway).status_code == 405


@pytest.mark.parametrize(
    ("biz", "common", "code"),
    [
        ({"product_code": "QUICK_WAP_WAY"}, {}, "INVALID_PARAMETER"),
        ({}, {"app_id": "1"}, "invalid-app-id"),
        ({}, {"version": ""}, "missing-version"),
        ({}, {"return_url": "javascript:alert(1)"}, "INVALID_PARAMETER"),
        ({"total_amount": "0.001"}, {}, "INVALID_PARAMETER"),
    ],
)
def test_a_browser_gets_errors_as_a_gbk_page(
    merchant: Merchant,
    order: dict[str, Any],
    biz: dict[str, str],
    common: dict[str, str],
    code: str,
) -> None:
    order |= {"product_code": "FAST_INSTANT_TRADE_PAY"} | biz

    response = merchant.http.get(merchant.page_address(PAGE, order, **common))

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html;charset=GBK"
    text = response.content.decode("gbk")
    assert "调试错误，请回到请求来源地，重新发起请求。" in text
    assert f"错误代码 {code} 错误原因" in text


def test_an_app_can_lose_a_method_or_be_switched_off(
    simulator: Simulator, merchant: Merchant
) -> None:
    simulator.control("app", {"disabled_methods": [QUERY]})
    lost = merchant.call(QUERY, BIZ)
    simulator.control("app", {"disabled_methods": [], "enabled": False})
    off = merchant.call(QUERY, BIZ)
    simulator.control("app", {"enabled": True})

    assert said(lost) == ("40006", "isv.insufficient-isv-permissions")
    assert said(off) == ("40003", "isv.invalid-app-state")
    assert merchant.call(QUERY, BIZ).refusal == "ACQ.TRADE_NOT_EXIST"

"""OpenAPI v3: the same methods, with the signature in a header."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from alipay_simulator import signing
from tests.simulator import vectors
from tests.simulator.harness import Mailbox, Merchant, Simulator
from tests.simulator.test_encryption import KEY, encrypted, opened_text

PRECREATE = "/v3/alipay/trade/precreate"
QUERY = "/v3/alipay/trade/query"

Order = dict[str, Any]
Fault = Callable[..., dict[str, Any]]


def send(
    merchant: Merchant,
    path: str,
    biz: Any = None,
    *,
    verb: str = "POST",
    auth: str = "",
    **headers: str,
) -> httpx.Response:
    """Sign and send as the npm kit does, by code of our own."""
    body = "" if biz is None else biz if isinstance(biz, str) else json.dumps(biz)
    auth = auth or (
        f"app_id={merchant.app['app_id']},nonce=n-1,timestamp=1767225600000"
    )
    text = f"{auth}\n{verb}\n{path}\n{body}\n"
    if token := headers.get("alipay-app-auth-token"):
        text += f"{token}\n"
    sign = merchant.sign(text.encode())
    headers = {"authorization": f"ALIPAY-SHA256withRSA {auth},sign={sign}"} | headers
    return merchant.http.request(
        verb, f"{merchant.app['base_url']}{path}", content=body, headers=headers
    )


def node(merchant: Merchant, response: httpx.Response) -> dict[str, Any]:
    """A success, its signature checked."""
    assert response.status_code == 200, response.text
    sent = response.headers
    text = f"{sent['alipay-timestamp']}\n{sent['alipay-nonce']}\n{response.text}\n"
    assert merchant.is_alipays(text.encode(), sent["alipay-signature"])
    told: dict[str, Any] = response.json()
    return told


def refusal(response: httpx.Response) -> tuple[int, str]:
    assert response.json()["links"] == []
    assert "alipay-signature" not in response.headers
    return response.status_code, response.json()["code"]


def test_vectors_f_and_g() -> None:
    request = vectors.V3_REQUEST_TEXT.encode()
    response = vectors.V3_RESPONSE_TEXT.encode()
    assert signing.verify(request, vectors.V3_REQUEST_SIGN, vectors.APP_KEY)
    assert signing.verify(response, vectors.V3_RESPONSE_SIGN, vectors.ALIPAY_KEY)


def test_an_order_is_made_paid_told_and_asked_for(
    simulator: Simulator, merchant: Merchant, mailbox: Mailbox, order: Order
) -> None:
    number = order["out_trade_no"]
    made = node(
        merchant, send(merchant, PRECREATE, order | {"notify_url": mailbox.url})
    )
    simulator.pay(number)
    found = node(merchant, send(merchant, QUERY, {"out_trade_no": number}))

    assert made["qr_code"].startswith("https://qr.alipay.com/bax")
    assert found["trade_status"] == "TRADE_SUCCESS"
    assert not {"code", "msg"} & set(found)
    assert mailbox.wait_for(number)


def test_a_get_has_its_fields_in_the_query(merchant: Merchant, order: Order) -> None:
    node(merchant, send(merchant, PRECREATE, order))
    path = f"/v3/alipay/trade/cancel?out_trade_no={order['out_trade_no']}"
    told = node(merchant, send(merchant, path, verb="GET"))
    assert told["retry_flag"] == "N"


@pytest.mark.parametrize(
    ("path", "biz", "expected"),
    [
        (QUERY, {"out_trade_no": "none"}, (400, "ACQ.TRADE_NOT_EXIST")),
        (QUERY, {}, (400, "ACQ.INVALID_PARAMETER")),
        (QUERY, "[]", (400, "invalid-parameter")),
        (QUERY, "[" * 100_000, (400, "invalid-parameter")),
        ("/v3/alipay/no/such", {}, (400, "invalid-method")),
        ("/v3/alipay/trade/page/pay", {}, (400, "invalid-method")),
    ],
)
def test_refusals_are_unsigned_and_no_200(
    merchant: Merchant, path: str, biz: Any, expected: tuple[int, str]
) -> None:
    assert refusal(send(merchant, path, biz)) == expected


@pytest.mark.parametrize(
    ("auth", "code"),
    [
        ("app_id=1,nonce=n,timestamp=1767225600000", "invalid-app-id"),
        ("nonce=n,timestamp=1767225600000", "missing-app-id"),
        ("app_id={app_id},nonce=n,timestamp=now", "invalid-timestamp"),
        ("app_id={app_id},nonce=n", "invalid-timestamp"),
    ],
)
def test_the_header_is_looked_at_closely(
    merchant: Merchant, auth: str, code: str
) -> None:
    auth = auth.format(app_id=merchant.app["app_id"])
    assert refusal(send(merchant, QUERY, {}, auth=auth)) == (400, code)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "missing-app-id"),
        ("Basic app_id={app_id},sign=AAAA", "invalid-signature-type"),
        ("ALIPAY-SHA256withRSA app_id={app_id}", "missing-signature"),
        ("ALIPAY-SHA256withRSA app_id={app_id},sign=AAAA", "invalid-signature"),
    ],
)
def test_a_header_that_signs_nothing_is_refused(
    merchant: Merchant, header: str, code: str
) -> None:
    header = header.format(app_id=merchant.app["app_id"])
    assert refusal(send(merchant, QUERY, {}, authorization=header)) == (400, code)


def test_what_was_signed_cannot_be_changed(merchant: Merchant, order: Order) -> None:
    good = send(merchant, QUERY, order).request
    headers = {"authorization": good.headers["authorization"]}
    address = f"{merchant.app['base_url']}{QUERY}"

    for target, body in (
        (address, b"{}"),
        (f"{address}?a=1", good.content),
        (address.replace("query", "close"), good.content),
    ):
        response = merchant.http.post(target, content=body, headers=headers)
        assert refusal(response) == (400, "invalid-signature")


def test_an_app_may_act_for_another(merchant: Merchant, order: Order) -> None:
    token = {"alipay-app-auth-token": "T"}
    assert node(merchant, send(merchant, PRECREATE, order, **token))


def test_content_is_encrypted_both_ways(
    simulator: Simulator, merchant: Merchant, order: Order
) -> None:
    simulator.control("app", {"aes_key": KEY})
    body = encrypted(json.dumps(order))
    try:
        response = send(merchant, PRECREATE, body, **{"alipay-encrypt-type": "AES"})
        wrong = send(merchant, PRECREATE, "AAAA", **{"alipay-encrypt-type": "AES"})
    finally:
        simulator.control("app", {"aes_key": ""})

    assert response.headers["alipay-encrypt-type"] == "AES"
    assert response.headers["content-type"] == "text/plain"
    assert "qr_code" in opened_text(response.text)
    assert refusal(wrong) == (400, "decryption-error-unknown")


def test_other_verbs_and_long_bodies_are_refused(merchant: Merchant) -> None:
    address = f"{merchant.app['base_url']}{QUERY}"
    assert merchant.http.put(address).status_code == 405
    assert refusal(send(merchant, QUERY, "x" * 1_000_001)) == (400, "invalid-parameter")


def test_faults_strike_here_too(
    merchant: Merchant, order: Order, fault: Fault, simulator: Simulator
) -> None:
    fault("system_error")
    assert refusal(send(merchant, PRECREATE, order)) == (400, "ACQ.SYSTEM_ERROR")
    fault("unavailable")
    assert refusal(send(merchant, PRECREATE, order)) == (500, "unknow-error")
    fault("unsigned")
    assert "alipay-signature" not in send(merchant, PRECREATE, order).headers
    fault("answer_lost")
    with pytest.raises(httpx.RemoteProtocolError):
        send(merchant, PRECREATE, order)
    assert node(merchant, send(merchant, PRECREATE, order))


def test_a_method_can_be_taken_away(simulator: Simulator, merchant: Merchant) -> None:
    simulator.control("app", {"disabled_methods": ["alipay.trade.query"]})
    try:
        response = send(merchant, QUERY, {"out_trade_no": "T1"})
    finally:
        simulator.control("app", {"disabled_methods": []})
    assert refusal(response) == (403, "insufficient-isv-permissions")

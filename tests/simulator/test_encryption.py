"""Content encryption: AES both ways, by an independent hand."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from alipay_simulator import cipher, signing
from tests.simulator import vectors
from tests.simulator.harness import Answer, Merchant, Simulator

KEY = "MTIzNDU2Nzg5MDEyMzQ1Ng=="
OTHER_KEY = base64.b64encode(b"6543210987654321").decode()
PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"

Order = dict[str, Any]


@pytest.fixture
def keyed(simulator: Simulator) -> Iterator[None]:
    simulator.control("app", {"aes_key": KEY})
    yield
    simulator.control("app", {"aes_key": ""})


def machine(key: str) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES(base64.b64decode(key)), modes.CBC(bytes(16)))


def encrypted(text: str, key: str = KEY, charset: str = "utf-8") -> str:
    padder = padding.PKCS7(128).padder()
    padded = padder.update(text.encode(charset)) + padder.finalize()
    encryptor = machine(key).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def opened(answer: Answer, charset: str = "utf-8") -> dict[str, Any]:
    """What stands in an answer's ciphertext; its signature has been checked."""
    assert answer.signed
    assert isinstance(answer.node, str), answer.node
    return opened_text(answer.node, charset)


def opened_text(text: str, charset: str = "utf-8") -> dict[str, Any]:
    """The node behind a ciphertext."""
    decryptor = machine(KEY).decryptor()
    padded = decryptor.update(base64.b64decode(text)) + decryptor.finalize()
    unpadder = padding.PKCS7(128).unpadder()
    plain = unpadder.update(padded) + unpadder.finalize()
    node: dict[str, Any] = json.loads(plain.decode(charset))
    return node


def call(merchant: Merchant, method: str, biz: Any, **more: str) -> Answer:
    charset = more.get("charset", "utf-8")
    text = encrypted(json.dumps(biz, ensure_ascii=False), charset=charset)
    return merchant.call(
        method, **({"encrypt_type": "AES", "biz_content": text} | more)
    )


def test_vector_e_is_what_we_would_write_and_read() -> None:
    request, response = vectors.AES_REQUEST, vectors.AES_RESPONSE

    assert cipher.decrypt(request, KEY) == b'{"out_trade_no":"T1"}'
    assert cipher.encrypt(b'{"out_trade_no":"T1"}', KEY) == request
    node = b'{"code":"10000","msg":"Success","out_trade_no":"T1"}'
    assert cipher.encrypt(node, KEY) == response
    signed = f'"{response}"'.encode()
    assert signing.verify(signed, vectors.AES_SIGN, vectors.ALIPAY_KEY)


@pytest.mark.usefixtures("keyed")
@pytest.mark.parametrize("charset", ["utf-8", "gbk"])
def test_a_success_and_a_refusal_come_back_encrypted(
    merchant: Merchant, order: Order, charset: str
) -> None:
    made = opened(call(merchant, PRECREATE, order, charset=charset), charset)
    plain = merchant.call(PRECREATE, order)
    refused = opened(call(merchant, QUERY, {}, charset=charset), charset)

    assert made["code"] == "10000"
    # The subject was read as what it is, and a plain request is answered plainly.
    assert plain["qr_code"] == made["qr_code"]
    assert refused["sub_msg"] == "参数无效：out_trade_no"


@pytest.mark.usefixtures("keyed")
@pytest.mark.parametrize(
    "text",
    [
        encrypted('{"out_trade_no":"T1"}', OTHER_KEY),
        encrypted("no JSON"),
        "no base64",
        "AAAA",
        '{"out_trade_no":"T1"}',
    ],
)
def test_what_cannot_be_decrypted_is_refused_plainly_and_signed(
    merchant: Merchant, text: str
) -> None:
    answer = call(merchant, QUERY, {}, biz_content=text)

    assert (answer["code"], answer.refusal) == (
        "40003",
        "isv.decryption-error-unknown",
    )
    assert answer.signed


@pytest.mark.usefixtures("keyed")
@pytest.mark.parametrize("text", ["[1]", '"T1"', "null", "1"])
def test_a_ciphertext_of_no_object_is_no_parameter(
    merchant: Merchant, text: str
) -> None:
    answer = opened(call(merchant, QUERY, {}, biz_content=encrypted(text)))
    assert answer["sub_code"] == "isv.invalid-parameter"


@pytest.mark.usefixtures("keyed")
def test_nothing_encrypted_is_no_fields(merchant: Merchant) -> None:
    answer = opened(call(merchant, QUERY, {}, biz_content=""))
    assert answer["sub_code"] == "ACQ.INVALID_PARAMETER"


@pytest.mark.usefixtures("keyed")
@pytest.mark.parametrize(
    ("change", "sub_code"),
    [
        ({"encrypt_type": "aes"}, "isv.invalid-encrypt-type"),
        ({"encrypt_type": ""}, "isv.invalid-parameter"),
        ({"sign_type": "RSA"}, "isv.invalid-signature-type"),
        ({"timestamp": "now"}, "isv.invalid-timestamp"),
    ],
)
def test_what_is_refused_before_decryption_is_plain(
    merchant: Merchant, change: dict[str, str], sub_code: str
) -> None:
    answer = call(merchant, QUERY, {}, **change)
    assert (answer.refusal, answer.signed) == (sub_code, True)


@pytest.mark.usefixtures("keyed")
def test_a_browser_may_bring_an_encrypted_order(
    merchant: Merchant, order: Order
) -> None:
    order["product_code"] = "FAST_INSTANT_TRADE_PAY"
    text = encrypted(json.dumps(order))
    address = merchant.page_address(
        "alipay.trade.page.pay", {}, encrypt_type="AES", biz_content=text
    )
    assert merchant.http.get(address).status_code == 302


def test_only_a_key_of_sixteen_bytes_is_one(simulator: Simulator) -> None:
    for key in ("x", "AAAA", 5, None, "é" * 24):
        assert simulator.ask("app", {"aes_key": key}).status_code == 400

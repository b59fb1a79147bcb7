"""The pure half of the wire: worked vectors, decoding, the shape of a node."""

import pytest

from alipay_simulator import signing, wire
from tests.simulator import vectors


def pairs(text: str) -> dict[str, str]:
    """Take a text to sign apart again."""
    return dict(pair.split("=", 1) for pair in text.split("&"))


def test_vector_a_is_what_we_would_verify_of_the_request() -> None:
    params, codec = wire.read_params(
        vectors.REQUEST_QUERY.encode(), vectors.REQUEST_BODY.encode()
    )
    text = signing.text_to_sign(params, signing.REQUEST_LEAVES_OUT)

    assert (text, codec) == (vectors.REQUEST_TEXT, "utf-8")
    assert params["sign"] == vectors.REQUEST_SIGN
    assert signing.verify(text.encode(), params["sign"], vectors.APP_KEY)


def test_vector_b_is_the_node_we_would_write() -> None:
    node = wire.node_text(
        {
            "qr_code": "https://qr.alipay.com/bax00000000000000000",
            "out_trade_no": "T20260101001",
            "msg": "Success",
            "code": "10000",
        }
    )

    assert node == vectors.RESPONSE_NODE
    assert signing.verify(node.encode(), vectors.RESPONSE_SIGN, vectors.ALIPAY_KEY)


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        pytest.param(
            vectors.NOTIFICATION_TEXT, vectors.NOTIFICATION_SIGN, id="C, notification"
        ),
        pytest.param(vectors.RETURN_TEXT, vectors.RETURN_SIGN, id="D, return"),
    ],
)
def test_vectors_c_and_d_leave_sign_type_out(text: str, signature: str) -> None:
    params = pairs(text) | {"sign_type": "RSA2", "sign": signature}

    assert signing.text_to_sign(params, signing.NEWS_LEAVES_OUT) == text
    assert signing.verify(text.encode(), signature, vectors.ALIPAY_KEY)


@pytest.mark.parametrize("signature", ["", "not base64!", "AAAA", "中文"])
def test_nonsense_is_a_wrong_signature_and_no_error(signature: str) -> None:
    assert not signing.verify(b"text", signature, vectors.APP_KEY)


def test_what_is_signed_with_a_fresh_pair_verifies_and_else_does_not() -> None:
    private, public = signing.new_key_pair()
    signature = signing.sign("金额=1".encode(), private)

    assert signing.verify("金额=1".encode(), signature, public)
    assert not signing.verify("金额=2".encode(), signature, public)
    assert signing.public_half(private) == public


def test_the_query_comes_first_and_the_first_of_two_counts() -> None:
    params, _ = wire.read_params(b"a=1&a=2&b=&c", b"a=3&d=4+5%2B")

    assert params == {"a": "1", "b": "", "c": "", "d": "4 5+"}


@pytest.mark.parametrize(
    ("query", "body", "codec"),
    [
        (b"charset=GBK&s=%B2%E2", b"", "gbk"),
        (b"x=1", b"s=%B2%E2&charset=gb2312", "gbk"),
        (b"s=%E6%B5%8B", b"", "utf-8"),
        (b"charset=latin-9&s=%E6%B5%8B", b"", "utf-8"),
    ],
)
def test_values_are_decoded_in_the_charset_of_the_request(
    query: bytes, body: bytes, codec: str
) -> None:
    params, found = wire.read_params(query, body)

    assert (params["s"], found) == ("测", codec)


def test_characters_a_charset_lacks_become_question_marks_in_what_is_signed() -> None:
    private, public = signing.new_key_pair()
    body = wire.answer("x_response", '{"a":"测☃"}', "gbk", private)

    signed, _, rest = body.removeprefix(b'{"x_response":').partition(b',"sign":"')
    assert signed.decode("gbk") == '{"a":"测?"}'
    assert signing.verify(signed, rest.removesuffix(b'"}').decode(), public)


@pytest.mark.parametrize(
    ("method", "key"),
    [
        ("alipay.trade.query", "alipay_trade_query_response"),
        ("no.such.thing", "no_such_thing_response"),
        ("", "error_response"),
        ('x","y', "error_response"),
    ],
)
def test_the_answer_is_named_after_the_method(method: str, key: str) -> None:
    assert wire.response_key(method) == key

"""Alipay's way of writing: signatures, times, amounts, forms, the signed node."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from payments.gateways.alipay import codec, signing
from tests.payments import vectors

APP_KEY = signing.public_key(vectors.APP_KEY)
ALIPAY_KEY = signing.public_key(vectors.ALIPAY_KEY)
SIGNED = [
    (vectors.A_TEXT, vectors.A_SIGN, APP_KEY),
    (vectors.B_TEXT, vectors.B_SIGN, ALIPAY_KEY),
    (vectors.C_TEXT, vectors.C_SIGN, ALIPAY_KEY),
    (vectors.D_TEXT, vectors.D_SIGN, ALIPAY_KEY),
]


# --- Signatures ---------------------------------------------------------------------


@pytest.mark.parametrize(("text", "signature", "key"), SIGNED)
def test_the_worked_vectors_verify(text, signature, key):
    assert signing.is_signed(text, signature, key)


@pytest.mark.parametrize(("text", "signature", "key"), SIGNED)
def test_one_other_character_does_not(text, signature, key):
    assert not signing.is_signed(text.replace("8", "9", 1) + " ", signature, key)


@pytest.mark.parametrize("signature", ["", "!!!", "AAAA", "äöü", "A" * 343])
def test_a_broken_signature_is_a_wrong_one(signature):
    assert not signing.is_signed("text", signature, APP_KEY)


def fields_of(text, **more):
    return dict(pair.split("=", 1) for pair in text.split("&")) | more


def test_a_request_is_signed_with_its_sign_type():
    fields = fields_of(vectors.A_TEXT, sign="…", empty="")

    assert signing.text_to_sign(fields) == vectors.A_TEXT


@pytest.mark.parametrize("text", [vectors.C_TEXT, vectors.D_TEXT])
def test_notifications_and_returns_are_signed_without_it(text):
    fields = fields_of(text, sign="…", sign_type="RSA2")

    assert signing.text_to_sign(fields, without=("sign", "sign_type")) == text


@pytest.fixture(scope="module")
def fresh():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize("encoding", ["PEM", "DER"])
@pytest.mark.parametrize("form", ["PKCS8", "TraditionalOpenSSL"])
def test_private_keys_are_read_in_all_forms(fresh, encoding, form):
    raw = fresh.private_bytes(
        getattr(serialization.Encoding, encoding),
        getattr(serialization.PrivateFormat, form),
        serialization.NoEncryption(),
    )

    key = signing.private_key(as_text(raw, encoding))

    signature = signing.sign("测试=1", key)
    assert signing.is_signed("测试=1", signature, fresh.public_key())


def test_public_keys_are_read_as_pem_too(fresh):
    raw = fresh.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    assert signing.public_key(raw.decode()) == fresh.public_key()


def test_other_kinds_of_keys_are_refused():
    other = ec.generate_private_key(ec.SECP256R1())
    raw = other.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = other.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    with pytest.raises(ValueError):
        signing.private_key(raw.decode())
    with pytest.raises(ValueError):
        signing.public_key(public.decode())


def as_text(raw, encoding):
    if encoding == "PEM":
        return raw.decode()
    return base64.b64encode(raw).decode()


# --- Times, amounts, subjects, forms ------------------------------------------------


def test_times_are_beijing_times():
    moment = datetime(2025, 12, 31, 16, 0, 0, 999_999, tzinfo=UTC)

    assert codec.beijing_text(moment) == "2026-01-01 00:00:00"
    assert codec.moment_of("2026-01-01 00:00:00") == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    ("minor", "text"), [(1, "0.01"), (100, "1.00"), (10**10, "100000000.00")]
)
def test_yuan_have_two_decimals(minor, text):
    assert codec.yuan_text(minor) == text
    assert codec.fen_of(text) == minor


@pytest.mark.parametrize(("text", "fen"), [("88.8", 8880), ("88.80", 8880), ("7", 700)])
def test_amounts_are_compared_as_numbers(text, fen):
    assert codec.fen_of(text) == fen


@pytest.mark.parametrize(
    "text", ["", "1.234", "-1", "1e3", ".5", "1,00", "٣", "NaN", "1234567890"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        codec.fen_of(text)


def test_a_subject_loses_what_breaks_forms():
    subject = codec.plain_subject('A/B = "C" & <D>\n' + "长" * 300)

    assert subject.startswith("A B C D 长")
    assert len(subject) == 256


def test_a_form_is_decoded_once():
    body = b"a=%25&b=%E6%B5%8B+%2B&empty="

    assert codec.form_fields(body) == {"a": "%", "b": "测 +", "empty": ""}


@pytest.mark.parametrize(
    "body",
    [
        b"a=1&a=2",
        "测=1".encode(),
        b"a=%FF",
        b"a=x%00y",
        b"&".join([b"a=1"] * 101),
    ],
)
def test_odd_forms_are_refused(body):
    with pytest.raises(ValueError):
        codec.form_fields(body)


# --- The signed node ----------------------------------------------------------------

KEY = "alipay_trade_precreate_response"


def answer(node, sign='"S"', key=KEY):
    return f'{{"{key}":{node},"sign":{sign}}}'.encode()


def test_the_node_is_cut_out_character_by_character():
    found = codec.read_answer(answer(vectors.B_TEXT, f'"{vectors.B_SIGN}"'), KEY)

    assert found.signed_text == vectors.B_TEXT
    assert signing.is_signed(found.signed_text, found.signature, ALIPAY_KEY)
    assert found.node["qr_code"] == "https://qr.alipay.com/bax00000000000000000"


@pytest.mark.parametrize(
    "node",
    [
        '{"a":"}"}',
        '{"a":"{\\"x\\":"}',
        '{ "a" : [1, {"b":"\\u007d"}] }',
        '{"a":"\\"alipay_trade_precreate_response\\":{"}',
        '{"sign":"inner"}',
    ],
)
def test_braces_and_quotes_in_strings_do_not_matter(node):
    found = codec.read_answer(answer(node), KEY)

    assert (found.signed_text, found.signature) == (node, "S")


def test_the_order_and_blanks_of_the_members_do_not_matter():
    body = b' { "sign" : "S" , "extra": 1, "%s" :\n {"a":1.10} } ' % KEY.encode()

    found = codec.read_answer(body, KEY)

    assert (found.signed_text, found.signature) == ('{"a":1.10}', "S")
    assert str(found.node["a"]) == "1.10"


def test_an_error_without_a_method_is_read():
    found = codec.read_answer(b'{"error_response":{"code":"40001"},"sign":"S"}', KEY)

    assert found.node == {"code": "40001"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        b"[]",
        b"null",
        b"{}",
        b'{"other_response":{},"sign":"S"}',
        answer("{}")[:-1],
        answer("{}") + b"x",
        answer('"encrypted"'),
        answer("{}", "null"),
        b'{"%s":{},"%s":{},"sign":"S"}' % (KEY.encode(), KEY.encode()),
        b'{"%s":\xff}' % KEY.encode(),
        b"[" * 100_000,
        answer("[" * 100_000),
    ],
)
def test_garbage_is_said_to_be_garbage(body):
    with pytest.raises(ValueError):
        codec.read_answer(body, KEY)

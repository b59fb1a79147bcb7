"""The Alipay gateway against a small server that answers as the test says."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from payments.gateways import registry
from payments.gateways.alipay import signing
from payments.gateways.alipay.client import AlipayClient, Config
from payments.gateways.alipay.gateway import AlipayGateway
from payments.gateways.port import (
    CloseOutcome,
    GatewayRejected,
    GatewayUnknown,
    NotificationRefused,
    PaymentRequest,
    PaymentStatus,
    RefundStatus,
    Started,
    Way,
)

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NUMBER, APP, SELLER = "PAY-1-1", "9021000100000001", "2088721000000001"
PAID = {
    "out_trade_no": NUMBER,
    "trade_no": "2026030222001000000000000001",
    "trade_status": "TRADE_SUCCESS",
    "total_amount": "88.88",
}


class Script(BaseHTTPRequestHandler):
    """Answers each request with the next of the server's scripted answers."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = parse_qs(self.rfile.read(length).decode())
        query = parse_qs(urlsplit(self.path).query)
        fields = {name: value[0] for name, value in (query | body).items()}
        self.server.requests.append(fields)
        step = self.server.steps.pop(0)
        if step == "hang up":
            self.connection.close()
            return
        if step == "be slow":
            self.server.patience.wait(5)
            self.close_connection = True
            return
        if step in {"trickle", "flood"}:
            self._endless(step)
            return
        status, content = step if isinstance(step, tuple) else (200, step)
        if callable(content):
            content = content(fields)
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _endless(self, step):
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Length", str(10**9))
        self.end_headers()
        piece, pause = (b" ", 0.1) if step == "trickle" else (b" " * 65_536, 0)
        try:
            while not self.server.patience.wait(pause):
                self.wfile.write(piece)
        except OSError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    made = {}
    for name in ("app", "alipay", "stranger"):
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        made[name] = key
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM,
            serialization.PublicFormat.SubjectPublicKeyInfo,
        )
        (folder / f"{name}.pem").write_bytes(private)
        (folder / f"{name}.pub").write_bytes(public)
    made["folder"] = folder
    return made


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Script)
    server.daemon_threads = True
    server.steps, server.requests = [], []
    server.patience = threading.Event()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.patience.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def config(server, keys):
    return Config(
        gateway_url=f"http://127.0.0.1:{server.server_port}/gateway.do",
        app_id=APP,
        seller_id=SELLER,
        private_key_file=keys["folder"] / "app.pem",
        alipay_public_key_file=keys["folder"] / "alipay.pub",
        timeout_seconds=0.5,
    )


@pytest.fixture
def alipay(config):
    return AlipayGateway(AlipayClient(config, lambda: NOW))


@pytest.fixture
def say(server, keys):
    """Script answers: nodes as dicts are signed, everything else is sent as it is."""

    def script(*steps, signer="alipay", unsigned=False):
        server.steps += [
            step
            if not isinstance(step, dict)
            else signed(step, keys[signer], unsigned=unsigned)
            for step in steps
        ]

    return script


def signed(node, key, *, unsigned):
    def content(fields):
        text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
        text = text.replace("/", "\\/")
        name = fields["method"].replace(".", "_") + "_response"
        if unsigned:
            return f'{{"{name}":{text}}}'.encode()
        return f'{{"{name}":{text},"sign":"{signing.sign(text, key)}"}}'.encode()

    return content


def yes(**node):
    return {"code": "10000", "msg": "Success", **node}


def no(sub_code, code="40004", **node):
    return {"code": code, "msg": "…", "sub_code": sub_code, "sub_msg": "因为", **node}


def a_request(**changes):
    facts = {
        "number": NUMBER,
        "way": Way.PAGE,
        "amount_minor": 8888,
        "currency": "CNY",
        "subject": "两件 things & more",
        "expires_at": NOW + timedelta(minutes=15),
        "notify_url": "https://danbao.test/pay/notify/alipay/",
        "return_url": "https://danbao.test/pay/return/",
    }
    return PaymentRequest(**(facts | changes))


# --- What is sent -------------------------------------------------------------------


def is_ours(fields, keys):
    fields = dict(fields)
    signature = fields.pop("sign")
    text = signing.text_to_sign(fields)
    return signing.is_signed(text, signature, keys["app"].public_key())


def test_a_code_is_asked_for(alipay, server, say, keys):
    say(yes(out_trade_no=NUMBER, qr_code="https://qr.alipay.com/bax0"))

    started = alipay.start(a_request(way=Way.CODE))
    assert started == Started(qr_payload="https://qr.alipay.com/bax0")

    sent = server.requests[0]
    assert is_ours(sent, keys)
    assert sent["method"] == "alipay.trade.precreate"
    assert sent["timestamp"] == "2026-03-02 09:00:00"
    assert sent["notify_url"] == "https://danbao.test/pay/notify/alipay/"
    assert "return_url" not in sent
    assert json.loads(sent["biz_content"]) == {
        "out_trade_no": NUMBER,
        "total_amount": "88.88",
        "subject": "两件 things more",
        "time_expire": "2026-03-02 09:15:00",
    }


def test_a_page_is_an_address_without_a_question(alipay, server, config, keys):
    address = alipay.start(a_request()).redirect_url

    assert server.requests == []
    assert address.startswith(f"{config.gateway_url}?")
    fields = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    assert is_ours(fields, keys)
    assert fields["method"] == "alipay.trade.page.pay"
    assert fields["return_url"] == "https://danbao.test/pay/return/"
    content = json.loads(fields["biz_content"])
    assert content["product_code"] == "FAST_INSTANT_TRADE_PAY"


def test_only_yuan_are_charged(alipay):
    with pytest.raises(AssertionError):
        alipay.start(a_request(currency="JPY"))


def test_a_phone_gets_a_page_of_its_own_with_a_way_to_leave(alipay, server, keys):
    leave = "https://danbao.test/pay/PAY-1/status/?left=1"

    address = alipay.start(a_request(way=Way.PHONE, leave_url=leave)).redirect_url

    assert server.requests == []
    fields = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    assert is_ours(fields, keys)
    assert fields["method"] == "alipay.trade.wap.pay"
    assert fields["return_url"] == "https://danbao.test/pay/return/"
    content = json.loads(fields["biz_content"])
    assert content["product_code"] == "QUICK_WAP_WAY"
    assert content["quit_url"] == leave


def test_connections_are_kept(alipay, server, say):
    say(*[no("ACQ.TRADE_NOT_EXIST")] * 3)
    for _ in range(3):
        alipay.query(NUMBER)

    assert len(server.requests) == 3


# --- What comes back ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "status"),
    [
        (no("ACQ.TRADE_NOT_EXIST", out_trade_no=NUMBER), PaymentStatus.ABSENT),
        (yes(**PAID | {"trade_status": "WAIT_BUYER_PAY"}), PaymentStatus.WAITING),
        (yes(**PAID, send_pay_date="2026-03-02 09:01:00"), PaymentStatus.PAID),
        (yes(**PAID | {"trade_status": "TRADE_FINISHED"}), PaymentStatus.PAID),
        (yes(**PAID | {"trade_status": "TRADE_CLOSED"}), PaymentStatus.CLOSED),
        (
            yes(
                **PAID | {"trade_status": "TRADE_CLOSED"},
                send_pay_date="2026-03-02 09:01:00",
            ),
            PaymentStatus.REFUNDED,
        ),
    ],
)
def test_states(alipay, say, node, status):
    say(node)

    assert alipay.query(NUMBER).status is status


def test_a_payment_is_read_exactly(alipay, say):
    say(yes(**PAID | {"total_amount": "88.9"}, send_pay_date="2026-03-02 09:01:00"))

    state = alipay.query(NUMBER)

    assert (state.amount_minor, state.currency) == (8890, "CNY")
    assert state.paid_at == datetime(2026, 3, 2, 1, 1, tzinfo=UTC)
    assert state.provider_number == PAID["trade_no"]


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ([yes(out_trade_no=NUMBER)], CloseOutcome.CLOSED),
        ([no("ACQ.TRADE_NOT_EXIST")], CloseOutcome.ABSENT),
        ([no("ACQ.TRADE_STATUS_ERROR"), yes(**PAID)], CloseOutcome.PAID),
        (
            [
                no("ACQ.REASON_TRADE_STATUS_INVALID"),
                yes(**PAID | {"trade_status": "TRADE_CLOSED"}),
            ],
            CloseOutcome.CLOSED,
        ),
    ],
)
def test_closing(alipay, say, steps, outcome):
    say(*steps)

    assert alipay.close(NUMBER) is outcome


def test_what_cannot_be_closed_yet_waits_is_unknown(alipay, say):
    waiting = yes(**PAID | {"trade_status": "WAIT_BUYER_PAY"})
    say(no("ACQ.TRADE_STATUS_ERROR"), waiting)

    with pytest.raises(GatewayUnknown):
        alipay.close(NUMBER)


def refund(alipay):
    return alipay.refund(
        number=NUMBER,
        refund_number="RFD-1",
        amount_minor=500,
        currency="CNY",
        reason="not/shipped",
    )


KNOWN = yes(out_trade_no=NUMBER, out_request_no="RFD-1", refund_status="REFUND_SUCCESS")


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([yes(out_trade_no=NUMBER, fund_change="Y")], RefundStatus.SETTLED),
        ([yes(out_trade_no=NUMBER, fund_change="N"), KNOWN], RefundStatus.SETTLED),
        ([yes(out_trade_no=NUMBER, fund_change="N"), yes()], RefundStatus.PROCESSING),
        ([no("ACQ.SELLER_BALANCE_NOT_ENOUGH")], RefundStatus.NO_FUNDS),
    ],
)
def test_refunds(alipay, server, say, steps, status):
    say(*steps)

    assert refund(alipay) is status
    assert json.loads(server.requests[0]["biz_content"]) == {
        "out_trade_no": NUMBER,
        "out_request_no": "RFD-1",
        "refund_amount": "5.00",
        "refund_reason": "not shipped",
    }


def test_a_refund_refused_for_good(alipay, say):
    say(no("ACQ.TRADE_HAS_FINISHED"))

    with pytest.raises(GatewayRejected) as refusal:
        refund(alipay)

    assert refusal.value.code == "TRADE_HAS_FINISHED"


@pytest.mark.parametrize(
    ("node", "status"),
    [
        (yes(), RefundStatus.ABSENT),
        (KNOWN, RefundStatus.SETTLED),
        # In transit: it has no status yet.
        (yes(out_trade_no=NUMBER, out_request_no="RFD-1"), RefundStatus.PROCESSING),
        (KNOWN | {"refund_status": "REFUND_PROCESSING"}, RefundStatus.PROCESSING),
        (KNOWN | {"error_code": "X"}, RefundStatus.ABSENT),
    ],
)
def test_refund_queries(alipay, say, node, status):
    say(node)

    found = alipay.query_refund(number=NUMBER, refund_number="RFD-1")

    assert found is status


# --- Faults: unknown is not failed --------------------------------------------------


@pytest.mark.parametrize(
    "step",
    [
        "hang up",
        "be slow",
        "trickle",
        "flood",
        (500, b"oops"),
        (302, b""),
        b"",
        b"<html>busy</html>",
        b'{"alipay_trade_query_response":{"code":"10000"}',
        no("isp.unknow-error", "20000"),
        no("ACQ.SYSTEM_ERROR"),
        no("aop.ACQ.SYSTEM_ERROR"),
        no("isv.app-call-limited", "40005"),
        yes(**PAID | {"out_trade_no": "PAY-OTHER-1"}),
        yes(**PAID | {"total_amount": "a lot"}),
        yes(**PAID | {"trade_status": "TRADE_DANCING"}),
        yes(),
        {},
    ],
    ids=str,
)
def test_what_proves_nothing_is_unknown(alipay, say, step):
    say(step)

    with pytest.raises(GatewayUnknown):
        alipay.query(NUMBER)


def test_nobody_there_is_unknown(alipay, server):
    server.shutdown()
    server.server_close()

    with pytest.raises(GatewayUnknown):
        alipay.query(NUMBER)


def test_a_wrong_signature_is_never_believed(alipay, say):
    say(yes(**PAID), signer="stranger")

    with pytest.raises(GatewayUnknown) as doubt:
        alipay.query(NUMBER)

    assert doubt.value.code == "unverified"


@pytest.mark.parametrize("node", [yes(**PAID), no("ACQ.TRADE_NOT_EXIST")])
def test_an_unsigned_answer_is_never_believed(alipay, say, node):
    say(node, unsigned=True)

    with pytest.raises(GatewayUnknown):
        alipay.query(NUMBER)


@pytest.mark.parametrize("sub_code", ["isv.invalid-app-id", "isv.missing-app-id"])
def test_the_one_unsigned_refusal_is_our_settings_fault(alipay, say, sub_code):
    say(no(sub_code, "40002"), unsigned=True)

    with pytest.raises(GatewayRejected) as refusal:
        alipay.query(NUMBER)

    assert refusal.value.code == "config"


@pytest.mark.parametrize("code", ["40001", "40002", "40003", "40006", "20001"])
def test_signed_refusals_of_the_request_are_too(alipay, say, code):
    say(no("isv.invalid-signature", code))

    with pytest.raises(GatewayRejected) as refusal:
        alipay.query(NUMBER)

    assert refusal.value.code == "config"


# --- Notifications and returns ------------------------------------------------------


def posted(keys, signer="alipay", **changes):
    fields = {
        "app_id": APP,
        "seller_id": SELLER,
        "charset": "utf-8",
        "notify_id": "2026030200222",
        "notify_type": "trade_status_sync",
        "gmt_payment": "2026-03-02 09:01:00",
        "subject": "测试 + 100%",
        **PAID,
        **changes,
    }
    fields = {name: value for name, value in fields.items() if value}
    text = signing.text_to_sign(fields, without=("sign", "sign_type"))
    sign = signing.sign(text, keys[signer])
    return urlencode({**fields, "sign_type": "RSA2", "sign": sign}).encode()


def test_a_notification_is_read(alipay, keys):
    reading = alipay.read_notification(posted(keys), "")

    assert (reading.number, reading.notify_id) == (NUMBER, "2026030200222")
    assert reading.state.status is PaymentStatus.PAID
    assert reading.state.amount_minor == 8888
    assert reading.state.paid_at == datetime(2026, 3, 2, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"trade_status": "WAIT_BUYER_PAY", "gmt_payment": ""}, PaymentStatus.WAITING),
        ({"trade_status": "TRADE_FINISHED"}, PaymentStatus.PAID),
        ({"trade_status": "TRADE_CLOSED", "gmt_payment": ""}, PaymentStatus.CLOSED),
        ({"trade_status": "TRADE_CLOSED"}, PaymentStatus.REFUNDED),
    ],
)
def test_notified_states(alipay, keys, changes, status):
    reading = alipay.read_notification(posted(keys, **changes), "")

    assert reading.state.status is status


def test_refund_news_is_no_second_payment(alipay, keys):
    news = posted(
        keys,
        refund_fee="5.00",
        gmt_refund="2026-03-02 10:00:00.123",
        out_biz_no="RFD-1",
    )

    reading = alipay.read_notification(news, "")

    assert (reading.state, reading.refund_number) == (None, "RFD-1")


def test_other_kinds_of_news_are_no_payment(alipay, keys):
    reading = alipay.read_notification(posted(keys, notify_type="other"), "")

    assert reading.state is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"signer": "stranger"}, "forged"),
        ({"signer": "app"}, "forged"),
        ({"app_id": "9021000100000002"}, "foreign"),
        ({"seller_id": "2088721000000009"}, "foreign"),
        ({"seller_id": ""}, "foreign"),
    ],
)
def test_notifications_that_are_refused(alipay, keys, changes, reason):
    with pytest.raises(NotificationRefused) as refusal:
        alipay.read_notification(posted(keys, **changes), "")

    assert refusal.value.reason == reason


@pytest.mark.parametrize("body", [b"", b"\xff", b"a=%FF", b"a=1&a=2", b"sign=x"])
def test_unreadable_notifications_are_forged(alipay, body):
    with pytest.raises(NotificationRefused) as refusal:
        alipay.read_notification(body, "")

    assert refusal.value.reason == "forged"


def test_a_changed_field_breaks_the_signature(alipay, keys):
    body = posted(keys).replace(b"88.88", b"00.01")

    with pytest.raises(NotificationRefused):
        alipay.read_notification(body, "")


def test_a_return_is_read_without_our_own_parameters(alipay, keys):
    fields = {
        "app_id": APP,
        "seller_id": SELLER,
        "charset": "utf-8",
        "method": "alipay.trade.page.pay.return",
        "out_trade_no": NUMBER,
        "timestamp": "2026-03-02 09:01:00",
    }
    sign = signing.sign(signing.text_to_sign(fields), keys["alipay"])
    query = {**fields, "sign": sign, "sign_type": "RSA2", "ours": "1"}

    assert alipay.verify_return(query) == NUMBER
    with pytest.raises(NotificationRefused):
        alipay.verify_return(query | {"out_trade_no": "PAY-2-1"})


# --- Settings -----------------------------------------------------------------------


def test_missing_settings_are_named(settings):
    settings.ALIPAY_GATEWAY_URL = "http://127.0.0.1/gateway.do"

    with pytest.raises(GatewayRejected) as refusal:
        registry.gateway("alipay")

    assert refusal.value.code == "config"
    assert "ALIPAY_APP_ID" in refusal.value.detail
    assert "ALIPAY_GATEWAY_URL" not in refusal.value.detail


def test_keys_are_parsed_once(settings, config, keys):
    settings.ALIPAY_GATEWAY_URL = config.gateway_url
    settings.ALIPAY_APP_ID = APP
    settings.ALIPAY_SELLER_ID = SELLER
    settings.ALIPAY_APP_PRIVATE_KEY_FILE = config.private_key_file
    settings.ALIPAY_PUBLIC_KEY_FILE = config.alipay_public_key_file

    assert registry.gateway("alipay") is registry.gateway("alipay")
    settings.ALIPAY_PUBLIC_KEY_FILE = keys["folder"] / "nowhere"
    with pytest.raises(GatewayRejected):
        registry.gateway("alipay")


def test_an_unknown_gateway_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        registry.gateway("paypal")

"""The control API: what it tells, what it changes, and what it refuses."""

import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.simulator.browsing import Browser
from tests.simulator.harness import Merchant, Simulator, running_simulator

REFUND = "alipay.trade.refund"
FAULTS = 25
"""At least so many kinds of faults are listed, each with a sentence."""


@pytest.fixture
def alone(tmp_path: Path) -> Any:
    """A simulator of this test's own: its clock and its apps are changed."""
    with running_simulator(tmp_path / "data") as running:
        yield running


def wait_for_buyer(simulator: Simulator, merchant: Merchant, order: Any) -> str:
    """An order that mei has scanned and not paid."""
    merchant.call("alipay.trade.precreate", order)
    number = str(order["out_trade_no"])
    with simulator.browser() as client:
        phone = Browser(client)
        phone.sign_in(phone.open(f"/{simulator.order(number)['qr_code']}"), "mei")
    return number


def test_orders_are_found_by_the_beginning_of_a_number_and_by_state(
    simulator: Simulator, merchant: Merchant, order: Any, paid: Callable[..., str]
) -> None:
    number = paid()
    trade_no = simulator.order(number)["trade_no"]

    def found(query: str) -> list[str]:
        told = simulator.control(f"trades?{query}")["trades"]
        return [one["out_trade_no"] for one in told]

    assert found(f"q={number}") == [number]
    assert found(f"q={trade_no[:20]}") == [number]
    assert number in found(f"q={number[:-1]}")
    assert number in found("state=TRADE_SUCCESS&buyer=mei")
    assert number not in found("state=WAIT_BUYER_PAY")
    assert number not in found("state=TRADE_SUCCESS&buyer=poor")
    assert simulator.order(trade_no)["out_trade_no"] == number


def test_lists_go_on_where_they_stopped(
    simulator: Simulator, merchant: Merchant, order: Any
) -> None:
    made = []
    for turn in range(5):
        biz = order | {"out_trade_no": f"{order['out_trade_no']}_{turn}"}
        merchant.call("alipay.trade.precreate", biz)
        made.append(biz["out_trade_no"])
    seen, before = [], ""
    for _ in range(3):
        page = simulator.control(f"trades?limit=2{before}")
        seen += [one["out_trade_no"] for one in page["trades"]]
        before = f"&before={page['next']}"

    assert seen[:5] == made[::-1]
    assert len(set(seen)) == 6


def test_one_order_is_told_with_all_its_money(
    simulator: Simulator, merchant: Merchant, paid: Callable[..., str]
) -> None:
    number = paid()
    refund = {"out_trade_no": number, "refund_amount": "5", "out_request_no": "R1"}
    merchant.call(REFUND, refund)
    told = simulator.order(number)

    assert [move["cause"] for move in told["moves"]] == ["payment", "refund"]
    assert told["moves"][0]["from"] == "mei1234@sandbox.com · balance"
    assert told["moves"][1]["amount"] == "5.00"
    assert told["refunds"][0]["settled_at"]
    assert told["settlements"] == told["confirmations"] == []
    listed = simulator.control("refunds?limit=1")["refunds"]
    assert (listed[0]["out_trade_no"], listed[0]["amount"]) == (number, "5.00")


def test_a_deadline_counts_before_an_order_is_shown(
    alone: Simulator, order: Any
) -> None:
    number = wait_for_buyer(alone, Merchant(alone.app), order)
    told = alone.control("clock", {"to_next": True})

    assert told["fired"] == [
        {"at": told["fired"][0]["at"], "what": "closes", "number": number}
    ]
    assert alone.order(number)["trade_status"] == "TRADE_CLOSED"
    assert alone.control("clock")["next"] == []
    nothing = alone.ask("clock", {"to_next": True})
    assert (nothing.status_code, nothing.json()["error"]["code"]) == (
        409,
        "NOTHING_DUE",
    )


def test_the_clock_lists_what_comes_and_what_came_due(
    alone: Simulator, order: Any
) -> None:
    number = wait_for_buyer(alone, Merchant(alone.app), order)
    ahead = alone.control("clock")["next"]
    assert [(one["what"], one["number"]) for one in ahead] == [("closes", number)]
    assert alone.control("clock", {"advance_seconds": 60})["fired"] == []

    alone.pay(number)
    ahead = alone.control("clock")["next"]
    assert [(one["what"], one["number"]) for one in ahead] == [("finishes", number)]
    told = alone.control("clock", {"advance_seconds": 366 * 86_400})
    assert [one["what"] for one in told["fired"]] == ["finishes"]
    assert alone.order(number)["trade_status"] == "TRADE_FINISHED"
    back = alone.control("clock", {"back": True})
    assert (back["offset_seconds"], back["fired"]) == (0, [])


@pytest.mark.parametrize(
    "move",
    [
        '{"advance_seconds": 9e12}',
        '{"advance_seconds": -9e12}',
        '{"advance_seconds": 1e300}',
        '{"advance_seconds": NaN}',
        '{"advance_seconds": Infinity}',
        '{"advance_seconds": 1%s}' % ("0" * 400),
        '{"advance_seconds": true}',
        '{"advance_seconds": null}',
        '{"set": "9999-12-31T23:59:59-14:00"}',
        '{"set": "0001-01-01T00:00:00+14:00"}',
        '{"set": "1066-10-14"}',
        '{"back": false}',
        '{"advance_seconds": 1, "back": true}',
        '{"by": 1}',
    ],
)
def test_the_clock_refuses_what_no_clock_shows_and_stays(
    simulator: Simulator, move: str
) -> None:
    before = simulator.control("clock")["offset_seconds"]
    answer = simulator.http.post(
        "/control/api/clock",
        content=move,
        headers={"content-type": "application/json"},
    )

    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["message"]
    assert simulator.control("clock")["offset_seconds"] == before


def test_money_is_topped_up_out_of_the_treasury(simulator: Simulator) -> None:
    before = simulator.control("bank?audit=yes")
    balance = Decimal(simulator.balance("region", "balance"))
    simulator.control("people/region/top_up", {"amount": "12.34"})
    simulator.control("people/2088721000000001/top_up", {"amount": "1"})
    after = simulator.control("bank?audit=yes")

    assert Decimal(simulator.balance("region", "balance")) == balance + Decimal("12.34")
    assert Decimal(after["issued"]) == Decimal(before["issued"]) + Decimal("13.34")
    assert Decimal(after["merchants"]) == Decimal(before["merchants"]) + 1
    assert after["adds_up"] is True
    assert after["wrong_accounts"] == []


def test_the_bank_says_where_all_money_is(alone: Simulator, order: Any) -> None:
    merchant = Merchant(alone.app)
    before = alone.control("bank")
    for way in ("balance", "card", "credit"):
        biz = order | {"out_trade_no": f"{order['out_trade_no']}_{way}"}
        merchant.call("alipay.trade.precreate", biz)
        alone.pay(biz["out_trade_no"], "mei", way)
    bank = alone.control("bank")

    assert bank["merchants"] == "266.64"
    assert Decimal(bank["lent"]) == Decimal(before["lent"]) + Decimal("88.88")
    assert Decimal(bank["buyers"]) == Decimal(before["buyers"]) - Decimal("177.76")
    assert bank["issued"] == before["issued"]
    assert bank["difference"] == "0.00"


def test_a_standing_is_set_and_only_a_buyers(simulator: Simulator) -> None:
    told = simulator.control("people/jun", {"standing": "risk"})
    assert told["standing"] == "risk"
    assert simulator.control("people/jun", {"standing": "good"})["standing"] == "good"
    assert simulator.ask("people/jun", {"standing": "fine"}).status_code == 400
    seller = simulator.ask("people/2088721000000001", {"standing": "risk"})
    assert seller.status_code == 400


def test_a_new_app_works_at_once_with_its_own_keys_and_folder(
    alone: Simulator, order: Any
) -> None:
    made = alone.control("apps", {"name": "Second", "merchant": "Tea house"})
    folder = alone.data / "apps" / made["app_id"]
    second = Merchant(json.loads((folder / "app.json").read_text()))
    first = Merchant(alone.app)
    # The same number at two sellers is two orders.
    first.call("alipay.trade.precreate", order)
    second.call("alipay.trade.precreate", order | {"total_amount": "1.00"})
    alone.control(
        "pay", {"out_trade_no": order["out_trade_no"], "app_id": alone.app["app_id"]}
    )

    assert first.call("alipay.trade.query", order)["total_amount"] == "88.88"
    assert second.call("alipay.trade.query", order).refusal == "ACQ.TRADE_NOT_EXIST"
    mine = alone.control(f"trades?app_id={made['app_id']}")["trades"]
    assert [one["total_amount"] for one in mine] == ["1.00"]
    named = alone.control(f"trades/{order['out_trade_no']}?app_id={made['app_id']}")
    assert named["total_amount"] == "1.00"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    assert (folder / "app_private_key.pem").read_text() == made["app_private_key"]
    alone.stop()
    with running_simulator(alone.data) as again:
        told = json.loads((folder / "app.json").read_text())
        assert told["base_url"] == again.base_url
        assert again.app["app_id"] == alone.app["app_id"]
        assert len(again.control("apps")["apps"]) == 2


def test_a_merchant_may_bring_his_own_key(
    simulator: Simulator, order: Any, tmp_path: Path
) -> None:
    key = rsa.generate_private_key(65537, 2048)
    spki = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    bare = "".join(spki.decode().strip().splitlines()[1:-1])
    seller = simulator.app["seller_id"]
    made = simulator.control(
        "apps", {"name": "Own key", "seller_id": seller, "public_key": bare}
    )
    private = tmp_path / "own.pem"
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )

    assert "app_private_key" not in made
    assert "app_private_key_file" not in made["connect"]
    merchant = Merchant(made["connect"] | {"app_private_key_file": str(private)})
    assert merchant.call("alipay.trade.precreate", order)["code"] == "10000"


def test_what_an_app_is_can_be_set(simulator: Simulator) -> None:
    before = simulator.control("app")
    seller = simulator.app["seller_id"]
    made = simulator.control("apps", {"name": "Set", "seller_id": seller})
    path = f"apps/{made['app_id']}"
    told = simulator.control(
        path,
        {
            "aes_key": "new",
            "fee_basis_points": 60,
            "notify_events": ["paid", "closed"],
            "disabled_methods": ["alipay.trade.refund"],
            "transfer_max": "50.00",
            "bills_wait": True,
            "enabled": False,
        },
    )
    kept = json.loads(
        Path(made["connect"]["app_public_key_file"]).with_name("app.json").read_text()
    )

    assert len(told["aes_key"]) == 24
    assert kept["aes_key"] == told["aes_key"]
    assert simulator.control(path) == told
    assert (told["fee_basis_points"], told["transfer_max"]) == (60, "50.00")
    assert simulator.control(path, {"notify_events": None})["notify_events"] is None
    assert simulator.control("app") == before


def test_faults_are_switched_on_listed_and_off(simulator: Simulator) -> None:
    once = simulator.control("faults", {"kind": "http_500", "out_trade_no": "FX1"})
    ever = simulator.control(
        "faults",
        {
            "kind": "slow",
            "times": None,
            "options": {"seconds": 0.5},
            "method": "alipay.trade.query",
            "app_id": simulator.app["app_id"],
            "out_trade_no": "FX2",
        },
    )
    told = simulator.control("faults")

    assert (once["times_left"], once["is_on"]) == (1, True)
    assert (ever["times_left"], ever["options"]) == (None, {"seconds": 0.5})
    assert [one["id"] for one in told["faults"]][:2] == [once["id"], ever["id"]]
    assert len(told["kinds"]) >= FAULTS
    assert all(told["kinds"].values())
    off = simulator.control(f"faults/{once['id']}/off", {})
    assert off["is_on"] is False
    assert simulator.control("faults/off", {}) == {"off": 1}
    assert not any(one["is_on"] for one in simulator.control("faults")["faults"])


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("trades?state=paid", None, 400),
        ("trades?limit=0", None, 400),
        ("trades?limit=201", None, 400),
        ("trades?before=x", None, 400),
        ("trades?before=99999999999999999999", None, 400),
        ("trades?colour=red", None, 400),
        ("trades?buyer=nobody", None, 404),
        ("trades?app_id=1", None, 404),
        ("trades/%00", None, 404),
        ("trades/%FF%FE", None, 404),
        ("notifications/99999999999999999999999/resend", {}, 404),
        ("notifications?state=lost", None, 400),
        ("people/nobody", None, 404),
        ("people/mei/top_up", {"amount": "0"}, 400),
        ("people/mei/top_up", {"amount": 1.5}, 400),
        ("people/mei/top_up", {"amount": "1", "account": "card"}, 400),
        ("people/poor/top_up", {"amount": "1", "account": "credit"}, 400),
        ("people/mei/top_up", {"amount": "1", "account": "merchant"}, 400),
        ("apps", {"name": "x"}, 400),
        ("apps", {"name": "x", "seller_id": "1"}, 404),
        ("apps", {"name": "", "merchant": "x"}, 400),
        ("apps", {"name": "x", "merchant": "x", "public_key": "AAAA"}, 400),
        ("apps/1", {"enabled": True}, 404),
        ("app", {"enabled": "no"}, 400),
        ("app", {"aes_key": "c2hvcnQ="}, 400),
        ("app", {"fee_basis_points": 10_001}, 400),
        ("app", {"colour": "red"}, 400),
        ("faults", {"kind": "rain"}, 400),
        ("faults", {}, 400),
        ("faults", {"kind": "http_500", "options": {"seconds": 1}}, 400),
        ("faults", {"kind": "slow", "options": {"seconds": -1}}, 400),
        ("faults", {"kind": "slow", "times": 0}, 400),
        ("faults", {"kind": "slow", "method": "alipay.nothing"}, 400),
        ("faults", {"kind": "slow", "app_id": "1"}, 404),
        ("faults/999999/off", {}, 404),
        ("bank?audit=perhaps", None, 400),
        ("nothing", None, 404),
    ],
)
def test_nonsense_is_refused_in_words(
    simulator: Simulator, path: str, body: Any, status: int
) -> None:
    answer = simulator.ask(path, body)

    assert answer.status_code == status, answer.text
    if path != "nothing" and "/999999999" not in path:
        assert answer.json()["error"]["message"]


NONSENSE: list[Any] = [
    None,
    True,
    -1,
    0,
    2**63,
    10**400,
    1e308,
    float("nan"),
    float("-inf"),
    "",
    " ",
    "\0",
    "\ud800",
    "9" * 5000,
    "’; DROP TABLE",
    "mei",
    [],
    [[]],
    {"a": {}},
    ["paid", 7],
]


def test_no_input_makes_it_fail_inside(alone: Simulator) -> None:
    """Every door, every field it knows, whatever may stand in it."""
    doors = {
        "clock": ("advance_seconds", "set", "to_next", "back"),
        "pay": ("out_trade_no", "buyer", "with", "app_id"),
        "people/mei": ("standing",),
        "people/mei/top_up": ("amount", "account"),
        "pause_notifications": ("paused",),
        "apps": ("name", "seller_id", "merchant_zh", "public_key"),
        "apps/1": ("name",),
        "faults": ("kind", "out_trade_no", "method", "times", "options"),
        "faults/1/off": (),
        "notifications/1/resend": ("x",),
    }
    chance = random.Random(7)
    for path, names in doors.items():
        bodies = [{name: chance.choice(NONSENSE) for name in names} for _ in range(6)]
        bodies += [{name: value} for name in names for value in NONSENSE]
        for body in bodies:
            answer = alone.http.post(
                f"/control/api/{path}",
                content=json.dumps(body),
                headers={"content-type": "application/json"},
            )
            assert answer.status_code < 500, (path, str(body)[:200], answer.text)


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"[" * 100_000, b"{", b"null", b"[]", b"1" * 1_100_000]
)
def test_a_body_that_is_no_object_is_refused(simulator: Simulator, body: bytes) -> None:
    answer = simulator.http.post(
        "/control/api/clock",
        content=body,
        headers={"content-type": "application/json"},
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "BAD_REQUEST")

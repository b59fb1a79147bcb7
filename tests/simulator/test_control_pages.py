"""The control room as a person without scripts would use it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.browsing import Browser, Page
from tests.simulator.harness import Merchant, Simulator, running_simulator, until

PATHS = (
    "",
    "trades",
    "refunds",
    "transfers",
    "people",
    "apps",
    "notifications",
    "clock",
    "faults",
)


@pytest.fixture
def room(simulator: Simulator) -> Iterator[Browser]:
    """An English browser in the control room."""
    with simulator.browser() as client:
        client.headers["accept-language"] = "en"
        yield Browser(client)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    """A simulator whose only order is in English: every Chinese word is its own."""
    with running_simulator(tmp_path_factory.mktemp("english") / "data") as simulator:
        order = {"out_trade_no": "E1", "total_amount": "8.88", "subject": "Tea"}
        Merchant(simulator.app).call("alipay.trade.precreate", order)
        simulator.pay("E1")
        yield simulator


def at(simulator: Simulator, room: Browser, path: str) -> Page:
    page = room.open(f"{simulator.base_url}/control/{path}")
    assert page.response.status_code == 200, page.text
    return page


def page_of(simulator: Simulator, room: Browser, number: str) -> Page:
    """The page of an order, by its link in the list."""
    found = at(simulator, room, f"trades?q={number}")
    [address] = re.findall(r'href="(/control/trades/\d+)"', found.text)
    return room.open(address)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_speaks_both_languages_to_this_machine_only(
    english: Simulator, path: str
) -> None:
    with english.browser() as client:
        client.headers["accept-language"] = "en"
        room = Browser(client)
        page = at(english, room, path)
        chinese = at(english, room, f"{path}?lang=zh")
    far = english.http.get(f"/control/{path}", headers={"x-forwarded-for": "10.0.0.7"})

    assert page.headings == chinese.headings == 1
    assert "SIMULATOR" in page.words
    assert not re.search(r"[\u4e00-\u9fff]", page.words.replace("中文", ""))
    assert "控制台" in chinese.words or "模拟器" in chinese.words
    assert "no-store" in page.response.headers["cache-control"]
    assert far.status_code == 403


def test_an_order_is_shown_with_everything_that_belongs_to_it(
    simulator: Simulator, merchant: Merchant, room: Browser, paid: Callable[..., str]
) -> None:
    number = paid(notify_url="http://127.0.0.1:9/nobody")
    refund = {"out_trade_no": number, "refund_amount": "5", "out_request_no": "RX7"}
    merchant.call("alipay.trade.refund", refund)
    until(lambda: simulator.order(number)["notifications"][0]["attempts"])
    told = simulator.order(number)
    page = page_of(simulator, room, number)

    for needed in (number, told["trade_no"], told["qr_code"], "RX7", "¥5.00"):
        assert needed in page.words
    for head in ("Ways in", "Refunds", "Movements of money", "Notifications"):
        assert head in page.words
    # The whole request that was sent can be read.
    assert f"out_trade_no={number}" in page.words
    assert "ConnectError" in page.words
    assert number in at(simulator, room, "refunds").words
    assert number in at(simulator, room, f"notifications?out_trade_no={number}").words


def test_a_notification_is_sent_again_from_the_orders_page(
    simulator: Simulator, room: Browser, paid: Callable[..., str], mailbox: Any
) -> None:
    number = paid(notify_url=mailbox.url)
    mailbox.wait_for(number)
    page = room.submit(page_of(simulator, room, number), "/resend")

    assert "It is being sent again." in page.words
    assert number in page.words
    mailbox.wait_for(number, 2)


def test_an_order_is_paid_from_its_page(
    simulator: Simulator, merchant: Merchant, room: Browser, order: dict[str, Any]
) -> None:
    number = order["out_trade_no"]
    merchant.call("alipay.trade.precreate", order)
    page = page_of(simulator, room, number)
    fields = {"buyer": "debt1234@sandbox.com", "with": "balance"}
    refused = room.submit(page, "/pay", **fields)
    assert "no money has moved" in refused.words
    assert "BUYER_BALANCE_NOT_ENOUGH" in refused.words
    fields["buyer"] = "mei1234@sandbox.com"
    other = room.submit(refused, "/pay", **fields)
    assert "no money has moved" in other.words  # debt has scanned it

    fields["buyer"] = "debt1234@sandbox.com"
    # Just what it costs: whoever looks next finds nothing again.
    simulator.control("people/debt/top_up", {"amount": order["total_amount"]})
    done = room.submit(other, "/pay", **fields)
    assert "Paid." in done.words
    assert simulator.order(number)["trade_status"] == "TRADE_SUCCESS"


def test_the_clock_moves_and_says_what_it_brought(
    simulator: Simulator, merchant: Merchant, room: Browser, order: dict[str, Any]
) -> None:
    number = order["out_trade_no"]
    merchant.call("alipay.trade.precreate", order | {"timeout_express": "5m"})
    with simulator.browser() as client:
        phone = Browser(client)
        phone.sign_in(phone.open(f"/{simulator.order(number)['qr_code']}"), "mei")
    page = at(simulator, room, "clock")
    assert number in page.words

    moved = room.submit(page, "/clock/move", how="by", amount="6", unit="minutes")
    assert "The clock has moved." in moved.words
    brought = moved.words.partition("What this move brought")[2]
    assert f"the time to pay ends {number}" in brought.partition("What comes")[0]
    before = simulator.control("clock")["offset_seconds"]
    for wrong in (
        {"how": "by", "amount": "999999999", "unit": "days"},
        {"how": "by", "amount": "-1", "unit": "days"},
        {"how": "set", "moment": "soon"},
        {"how": "fly"},
    ):
        refused = room.submit(moved, "/clock/move", **wrong)
        assert "The clock stays as it was." in refused.words
    assert simulator.control("clock")["offset_seconds"] == before


def test_people_are_topped_up_and_the_bank_adds_up(
    simulator: Simulator, room: Browser
) -> None:
    before = simulator.balance("limit", "balance")
    people = at(simulator, room, "people")
    assert "It adds up" in people.words
    who = next(
        one["user_id"]
        for one in simulator.control("people")["people"]
        if one["logon_id"].startswith("limit")
    )
    page = room.submit(people, f"{who}/top_up", amount="1,000.50")
    assert "Topped up." in page.words
    assert "It adds up" in page.words
    assert simulator.balance("limit", "balance") != before
    wrong = room.submit(page, f"{who}/top_up", amount="much")
    assert "Nothing was topped up." in wrong.words
    risky = room.submit(wrong, f"{who}/standing", standing="risk")
    assert "Saved." in risky.words
    room.submit(risky, f"{who}/standing", standing="good")


def test_an_app_is_made_and_set(simulator: Simulator, room: Browser) -> None:
    page = room.submit(
        at(simulator, room, "apps"), "/apps/add", name="Own", merchant="Page shop"
    )
    assert "The app is ready." in page.words
    app_id = page.response.url.path.rpartition("/")[2]
    assert str(simulator.data / "apps" / app_id / "app.json") in page.words
    path = f"apps/{app_id}"

    # Forms by their order on the page: AES key, money, methods, notifications.
    def send(**fields: Any) -> Page:
        action, hidden = page.form(f"{app_id}/change")
        kept = {"csrfmiddlewaretoken": hidden["csrfmiddlewaretoken"]}
        answer = room.client.post(action, data=kept | fields, follow_redirects=True)
        return Page(answer)

    assert "Saved." in send(aes_key="new").words
    assert len(simulator.control(path)["aes_key"]) == 24
    money = {"fee_basis_points": "60", "royalty_max_percent": "20"}
    assert "Saved." in send(about="money", transfer_max="1,000", **money).words
    send(about="methods", enabled="on", allowed=["alipay.trade.query"])
    send(about="news", matrix="own", event=["paid", "closed"])
    told = simulator.control(path)
    assert (told["fee_basis_points"], told["transfer_max"]) == (60, "1000.00")
    assert "alipay.trade.query" not in told["disabled_methods"]
    assert "alipay.trade.refund" in told["disabled_methods"]
    assert told["notify_events"] == ["paid", "closed"]
    assert "Not saved." in send(about="money", transfer_max="x", **money).words
    assert "Not saved." in send(aes_key="x").words
    send(about="news", matrix="documented")
    assert simulator.control(path)["notify_events"] is None


def test_a_fault_is_chosen_from_the_list_and_shows_its_hits(
    simulator: Simulator, merchant: Merchant, room: Browser, order: dict[str, Any]
) -> None:
    number = order["out_trade_no"]
    page = at(simulator, room, f"faults?trade={number}")
    kinds = simulator.control("faults")["kinds"]
    for kind, sentence in kinds.items():
        assert f'value="{kind}"' in page.text
        assert sentence in page.words.replace("&#x27;", "'")
    assert f'value="{number}"' in page.text

    fields = {"kind": "unavailable", "out_trade_no": number}
    on = room.submit(page, "/faults/on", how_often="times", times="2", **fields)
    assert "Switched on." in on.words
    assert merchant.call("alipay.trade.precreate", order)["code"] == "20000"
    seen = at(simulator, room, "faults")
    assert re.search(rf"unavailable\s+1 hits.*{number}.*1 to go", seen.words)
    [pk] = [one["id"] for one in simulator.control("faults")["faults"] if one["is_on"]]
    off = room.submit(seen, f"/faults/{pk}/off")
    assert "Switched off." in off.words
    assert merchant.call("alipay.trade.precreate", order)["code"] == "10000"
    wrong = room.submit(off, "/faults/on", kind="slow", how_often="times", times="x")
    assert "Nothing was switched on." in wrong.words


def test_notifications_are_held_back_and_let_go(
    simulator: Simulator, room: Browser
) -> None:
    page = room.submit(
        at(simulator, room, "notifications"), "/notifications/pause", paused="yes"
    )
    assert "held back" in at(simulator, room, "").words
    page = room.submit(page, "/notifications/pause", paused="no")
    assert "Notifications go out again." in page.words


@pytest.mark.parametrize(
    "path", ["trades/99999999999999999999", "trades/0", "apps/1", "nothing"]
)
def test_what_is_not_there_is_said_on_a_page(
    simulator: Simulator, room: Browser, path: str
) -> None:
    page = room.open(f"{simulator.base_url}/control/{path}")
    assert page.response.status_code == 404
    assert page.headings == 1


def test_a_strange_address_shows_an_empty_list(
    simulator: Simulator, room: Browser
) -> None:
    for query in ("before=x", "state=paid", "buyer=nobody", "app_id=1", "q=%00"):
        page = at(simulator, room, f"trades?{query}")
        assert "That cannot be searched for." in page.words


def test_a_shop_is_registered(english: Simulator) -> None:
    with english.browser() as client:
        client.headers["accept-language"] = "en"
        room = Browser(client)
        apps = at(english, room, "apps")
        page = room.submit(apps, "/apps/shops/add", name="Tea of the page")
        assert "Registered." in page.words
        [shop] = [
            one
            for one in english.control("shops")["shops"]
            if one["name"] == "Tea of the page"
        ]
        assert shop["smid"] in page.words
        wrong = room.submit(page, "/apps/shops/add", name="X", platform_id="1")
        assert "No shop was registered." in wrong.words


def test_everything_starts_afresh_if_one_is_sure(tmp_path: Path) -> None:
    with running_simulator(tmp_path / "data") as simulator:
        order = {"out_trade_no": "E1", "total_amount": "8.88", "subject": "Tea"}
        Merchant(simulator.app).call("alipay.trade.precreate", order)
        with simulator.browser() as client:
            client.headers["accept-language"] = "en"
            room = Browser(client)
            kept = room.submit(at(simulator, room, ""), "/control/reset")
            assert "nothing has changed" in kept.words
            assert simulator.order("E1")

            page = room.submit(kept, "/control/reset", sure="on")
            assert "Everything is as new." in page.words
        assert simulator.control("trades")["trades"] == []
        # The keys are the same: the merchant goes on.
        made = Merchant(simulator.app).call("alipay.trade.precreate", order)
        assert made["code"] == "10000"

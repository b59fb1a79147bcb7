"""The command line: the same acts as the API's, beside a running simulator."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.harness import Merchant, Simulator, running_simulator, until
from tests.simulator.test_state import run


@pytest.fixture
def alone(tmp_path: Path) -> Any:
    """A simulator of this test's own."""
    with running_simulator(tmp_path / "data", "--retry-scale", "0.01") as running:
        yield running


def told(simulator: Simulator, *arguments: str) -> Any:
    """Run a command that must succeed; return what it tells as JSON."""
    ended = simulator.run(*arguments, "--json")
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_orders_are_listed_and_shown(
    simulator: Simulator, merchant: Merchant, order: Any, paid: Callable[..., str]
) -> None:
    number = paid()
    listed = simulator.run("trades", "--search", number, "--limit", "1")
    shown = simulator.run("trades", number)

    head, row = listed.stdout.splitlines()
    assert head.split()[:3] == ["OUT_TRADE_NO", "TRADE_STATUS", "TOTAL_AMOUNT"]
    assert row.split()[:4] == [number, "TRADE_SUCCESS", "88.88", "mei1234@sandbox.com"]
    assert "测试商品" in row
    assert "moves:" in shown.stdout
    assert told(simulator, "trades", number) == simulator.order(number)
    merchant.call("alipay.trade.precreate", order | {"out_trade_no": f"{number}b"})
    older = simulator.run("trades", "--limit", "1")
    assert "older: --before " in older.stdout


def test_the_clock_is_read_moved_and_turned_back(alone: Simulator, order: Any) -> None:
    merchant = Merchant(alone.app)
    merchant.call("alipay.trade.precreate", order)
    alone.pay(order["out_trade_no"])

    assert "finishes" in alone.run("clock").stdout
    told(alone, "clock", "advance", "2d")
    assert alone.control("clock")["offset_seconds"] == 2 * 86_400
    fired = told(alone, "clock", "next")["fired"]
    assert [one["number"] for one in fired] == [order["out_trade_no"]]
    assert alone.order(order["out_trade_no"])["trade_status"] == "TRADE_FINISHED"
    assert told(alone, "clock", "set", "2030-01-01T08:00")["now"].startswith("2030")
    assert told(alone, "clock", "back")["offset_seconds"] == 0
    nothing = alone.run("clock", "next")
    assert (nothing.returncode, nothing.stderr) == (1, "nothing comes due\n")


def test_faults_are_switched_on_and_off(
    simulator: Simulator, merchant: Merchant, order: Any
) -> None:
    kinds = simulator.run("fault", "kinds").stdout
    assert all(kind in kinds for kind in simulator.control("faults")["kinds"])
    on = told(
        simulator,
        *("fault", "on", "unavailable", "--trade", order["out_trade_no"]),
        *("--times", "3", "--method", "alipay.trade.precreate"),
    )
    assert on["times_left"] == 3
    assert merchant.call("alipay.trade.precreate", order)["code"] == "20000"
    row = next(
        line
        for line in simulator.run("fault").stdout.splitlines()
        if line.startswith(f"{on['id']} ")
    )
    assert row.split()[:5] == [
        *(str(on["id"]), "unavailable", order["out_trade_no"], "1", "2")
    ]
    assert told(simulator, "fault", "off", str(on["id"]))["is_on"] is False
    assert merchant.call("alipay.trade.precreate", order)["code"] == "10000"
    ever = told(simulator, "fault", "on", "slow", "--until-off", "--seconds", "0.1")
    assert (ever["times_left"], ever["options"]) == (None, {"seconds": 0.1})
    assert told(simulator, "fault", "off", "all") == {"off": 1}


def test_notifications_are_listed_held_back_and_sent_again(
    alone: Simulator, order: Any, mailbox: Any
) -> None:
    number = order["out_trade_no"]
    Merchant(alone.app).call("alipay.trade.precreate", order, notify_url=mailbox.url)
    told(alone, "notify", "pause")
    alone.pay(number)
    [item] = told(alone, "notify", "list", "--trade", number)["notifications"]
    assert item["state"] == "pending"
    told(alone, "notify", "resend", str(item["id"]))
    mailbox.wait_for(number)
    assert told(alone, "notify", "resume") == {"paused": False}
    until(lambda: alone.order(number)["notifications"][0]["state"] == "delivered")
    assert number in alone.run("notify", "list", "--state", "delivered").stdout


def test_people_are_shown_topped_up_and_restricted(alone: Simulator) -> None:
    assert "mei1234@sandbox.com" in alone.run("people").stdout
    told(alone, "people", "top-up", "poor", "100.00")
    assert alone.balance("poor", "balance") == "108.88"
    told(alone, "people", "standing", "poor", "blocked")
    assert told(alone, "people", "show", "poor")["standing"] == "blocked"
    bank = alone.run("bank", "--audit")
    assert bank.returncode == 0
    assert bank.stdout.splitlines()[-1].split() == ["adds_up", "yes"]


def test_apps_are_made_and_set(alone: Simulator, order: Any) -> None:
    made = told(alone, "apps", "add", "Second", "--merchant", "Tea house")
    # At the address at which the folder is served.
    assert made["connect"]["gateway_url"] == f"{alone.base_url}/gateway.do"
    merchant = Merchant(made["connect"])
    assert merchant.call("alipay.trade.precreate", order)["code"] == "10000"
    wait = alone.app["notify"]["retry_after_seconds"]
    assert made["connect"]["notify"]["retry_after_seconds"] == wait
    set_ = told(
        alone,
        *("apps", "set", made["app_id"], "--aes-key", "new", "--enabled", "no"),
        *("--fee-basis-points", "60", "--notify", "paid,closed"),
        *("--disable", "alipay.trade.refund,alipay.trade.close"),
    )
    assert (set_["enabled"], set_["notify_events"]) == (False, ["paid", "closed"])
    assert len(set_["disabled_methods"]) == 2
    assert len(set_["aes_key"]) == 24
    back = told(
        alone,
        *("apps", "set", made["app_id"], "--aes-key", "none", "--enabled", "yes"),
        *("--notify", "documented", "--disable", "none"),
    )
    assert (back["notify_events"], back["disabled_methods"]) == (None, [])
    assert back["aes_key"] == ""
    shop = told(alone, "shops", "add", "Corner", "--platform", made["seller_id"])
    assert shop["smid"] in alone.run("shops").stdout
    plain = alone.run("apps", "add", "Third", "--seller", made["seller_id"]).stdout
    assert "PRIVATE KEY" not in plain
    assert "app_private_key_file" in plain


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("trades", "nothing"), 2, "no order nothing"),
        (("trades", "--state", "paid"), 2, "state is one of"),
        (("clock", "advance", "soon"), 2, "write 90s, 15m, 3h or 2d"),
        (("clock", "advance", "999999999999999d"), 2, "no such time"),
        (("fault", "on", "rain"), 2, "kind is one of"),
        (("fault", "off", "999999"), 2, "no fault 999999"),
        (("fault", "off", "x"), 2, "or 'all'"),
        (("people", "top-up", "mei", "much"), 2, "is an amount of yuan"),
        (("apps", "set", "1", "--name", "x"), 2, "no app 1"),
        (("apps", "add", "x"), 2, "--seller --merchant"),
        (("reset",), 2, "sure"),
        (("dance",), 2, "invalid choice"),
        ((), 2, "COMMAND"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    simulator: Simulator, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ended = simulator.run(*arguments)

    assert ended.returncode == status
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_help_names_every_command() -> None:
    ended = run("--help")
    for command in (
        *("serve", "pay", "trades", "refunds", "transfers", "clock", "fault"),
        *("notify", "people", "bank", "apps", "shops", "export", "import", "reset"),
    ):
        assert re.search(rf"^    {command}\s+\w", ended.stdout, re.M)
    assert "exit status" in ended.stdout
    for command in ("clock", "fault", "notify", "people", "apps", "shops"):
        assert "ACT" in run(command, "--help").stdout


def test_without_a_simulator_there_is_nothing_to_do(tmp_path: Path) -> None:
    ended = run("trades", "--data", str(tmp_path))
    assert ended.returncode == 2
    assert ended.stderr == f"No simulator has run in {tmp_path} yet.\n"
    assert list(tmp_path.iterdir()) == []

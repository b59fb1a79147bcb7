"""Starting, stopping, starting again; the pay command; who may use the controls."""

import json
import os
import signal
import stat
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.simulator.harness import (
    ROOT,
    Merchant,
    Simulator,
    command,
    environment,
    free_port,
    open_mailbox,
    running_simulator,
    start_simulator,
    until,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_a_second_start_knows_everything_of_the_first(
    data: Path, order: dict[str, Any]
) -> None:
    number = order["out_trade_no"]
    with open_mailbox() as mailbox:
        first = start_simulator(data)
        merchant = Merchant(first.app)
        merchant.call("alipay.trade.precreate", order, notify_url=mailbox.url)
        assert first.stop() == 0
        # Paid while nobody serves: the news waits in the outbox.
        paid = first.run("pay", number)
        assert paid.stdout.startswith("TRADE_SUCCESS")
        assert mailbox.forms(number) == []

        with running_simulator(data) as second:
            assert second.app["app_id"] == first.app["app_id"]
            assert merchant.is_genuine_news(mailbox.wait_for(number)[0])
            assert second.order(number)["trade_status"] == "TRADE_SUCCESS"


def test_the_folder_is_private_and_tells_how_to_connect(data: Path) -> None:
    options = ("--qr-prefix", "self", "--merchant-name", "Danbao")
    with running_simulator(data, *options) as simulator:
        app = json.loads((data / "app.json").read_text())
        assert app["gateway_url"] == f"{simulator.base_url}/gateway.do"
        assert app["qr_prefix"] == f"{simulator.base_url}/"
        assert app["app_id"].startswith("9021")
        assert app["seller_id"].startswith("2088")
        assert app["notify"]["retry_after_seconds"][0] == 240
        for file in data.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file.name
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        order = {"out_trade_no": "T1", "total_amount": "1.00", "subject": "x"}
        made = Merchant(app).call("alipay.trade.precreate", order)
        assert "Danbao" in httpx.get(made["qr_code"]).text


def test_it_stops_while_a_merchant_keeps_it_waiting(
    data: Path, order: dict[str, Any]
) -> None:
    with open_mailbox() as mailbox:
        mailbox.delay = 4
        simulator = start_simulator(data)
        merchant = Merchant(simulator.app)
        merchant.call("alipay.trade.precreate", order, notify_url=mailbox.url)
        simulator.pay(order["out_trade_no"])
        mailbox.wait_for(order["out_trade_no"])

        assert simulator.stop() == 0


def test_the_pay_command_pays_under_a_running_server(
    simulator: Simulator, merchant: Merchant, order: dict[str, Any]
) -> None:
    number = order["out_trade_no"]
    with open_mailbox() as mailbox:
        merchant.call("alipay.trade.precreate", order, notify_url=mailbox.url)
        paid = simulator.run("pay", number, "--buyer", "jun", "--with", "card")
        assert paid.returncode == 0, paid.stderr
        mailbox.wait_for(number)
    again = simulator.run("pay", number)

    assert simulator.order(number)["buyer"] == "jun1234@sandbox.com"
    assert (again.returncode, again.stderr) == (1, "Refused: TRADE_HAS_SUCCESS\n")


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("nothing", "--buyer", "nobody"), ("nothing", "--with", "credit")],
)
def test_the_pay_command_says_what_it_does_not_know(
    simulator: Simulator, arguments: tuple[str, ...]
) -> None:
    answer = simulator.run("pay", *arguments)

    assert answer.returncode == 2
    assert answer.stderr == "no order nothing\n"


def test_the_clock_moves_and_shows_on_the_wire(
    simulator: Simulator, merchant: Merchant, order: dict[str, Any]
) -> None:
    before = simulator.now()
    simulator.advance(86_400)
    assert (simulator.now() - before).total_seconds() >= 86_400
    moved = simulator.control("clock", {"set": f"{simulator.now():%Y-%m-%dT%H:%M:%S}"})
    assert moved["now"].endswith("+08:00")

    merchant.call("alipay.trade.precreate", order)
    simulator.pay(order["out_trade_no"])
    told = merchant.call("alipay.trade.query", order)
    assert told["send_pay_date"][:10] == f"{simulator.now():%Y-%m-%d}"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("clock", {}, 400),
        ("clock", {"set": "soon"}, 400),
        ("clock", {"advance_seconds": "1"}, 400),
        ("clock", {"advance_seconds": 1e300}, 400),
        ("pay", {"out_trade_no": 7}, 400),
        ("pay", {"out_trade_no": "nothing"}, 404),
        ("trades/nothing", None, 404),
        ("notifications/999999/resend", {}, 404),
        ("pause_notifications", {"paused": "yes"}, 400),
        ("app", {"notify_events": ["nothing"]}, 400),
        ("app", {"disabled_methods": "all"}, 400),
        ("people", {}, 405),
    ],
)
def test_the_control_api_refuses_nonsense(
    simulator: Simulator, path: str, body: dict[str, Any] | None, status: int
) -> None:
    assert simulator.ask(path, body).status_code == status


def test_the_control_api_wants_json_and_nobody_from_afar(simulator: Simulator) -> None:
    path = "/control/api/clock"
    form = simulator.http.post(path, data={"advance_seconds": "1"})
    proxied = simulator.http.get(path, headers={"x-forwarded-for": "10.0.0.7"})
    page = simulator.http.get("/control/", headers={"forwarded": "for=10.0.0.7"})

    assert form.status_code == 400
    assert proxied.status_code == page.status_code == 403


def test_money_is_neither_made_nor_lost(simulator: Simulator, paid: Any) -> None:
    number = paid()
    told = simulator.order(number)

    assert told["trade_status"] == "TRADE_SUCCESS"
    assert simulator.control("people")["ledger_sum"] == "0.00"


def test_health_is_told(simulator: Simulator) -> None:
    answer = simulator.http.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")


def test_two_servers_do_not_share_a_folder_or_a_port(
    simulator: Simulator, tmp_path: Path
) -> None:
    port = simulator.base_url.rpartition(":")[2]
    before = (simulator.data / "app.json").read_text()

    same_folder = simulator.run("serve", "--port", str(free_port()))
    same_port = subprocess.run(
        [*command(), "serve", "--port", port, "--data", str(tmp_path / "else")],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert same_folder.returncode == same_port.returncode == 1
    assert same_folder.stderr.startswith("Another simulator is serving")
    assert same_port.stderr == f"Port {port} of 127.0.0.1 is taken.\n"
    assert (simulator.data / "app.json").read_text() == before


def test_ctrl_c_stops_it(data: Path) -> None:
    for _ in range(3):
        simulator = start_simulator(data, own_group=True)
        simulator.http.close()
        # A terminal sends it to the whole group.
        os.killpg(simulator.process.pid, signal.SIGINT)

        assert simulator.process.wait(1.9) == 0


def test_a_killed_supervisor_leaves_nobody_behind(data: Path) -> None:
    simulator = start_simulator(data)
    simulator.process.kill()
    simulator.process.wait(10)

    def is_gone() -> bool:
        try:
            simulator.http.get("/healthz")
        except httpx.TransportError:
            return True
        return False

    until(is_gone)
    simulator.http.close()

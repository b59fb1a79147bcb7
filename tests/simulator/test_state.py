"""Export, import, reset: the whole state, in one file or gone."""

import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.simulator.harness import (
    ROOT,
    Merchant,
    Simulator,
    command,
    environment,
    running_simulator,
)


@pytest.fixture
def alone(tmp_path: Path) -> Any:
    """A simulator of this test's own."""
    with running_simulator(tmp_path / "data") as running:
        yield running


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the simulator."""
    return subprocess.run(
        [*command(), *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def sell(simulator: Simulator, order: dict[str, Any]) -> None:
    """Sell and pay an order with the first app."""
    Merchant(simulator.app).call("alipay.trade.precreate", order)
    simulator.pay(order["out_trade_no"])


def test_an_export_goes_on_in_another_folder(
    alone: Simulator, order: dict[str, Any], tmp_path: Path
) -> None:
    sell(alone, order)
    second = alone.control("apps", {"name": "Second", "merchant": "Tea house"})
    alone.control("clock", {"advance_seconds": 86_400})
    file, folder = tmp_path / "state.zip", tmp_path / "new"
    exported = run("export", str(file), "--data", str(alone.data))
    # What happens after the export is not in it.
    alone.control("people/poor/top_up", {"amount": "1"})
    imported = run("import", str(file), "--data", str(folder))

    assert (exported.returncode, imported.returncode) == (0, 0), imported.stderr
    assert file.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".*"))
    with running_simulator(folder) as again:
        assert again.app["app_id"] == alone.app["app_id"]
        number = order["out_trade_no"]
        assert again.order(number)["moves"] == alone.order(number)["moves"]
        assert again.balance("poor", "balance") == "8.88"
        assert again.control("clock")["offset_seconds"] == 86_400
        refund = {"out_trade_no": number, "refund_amount": "1", "out_request_no": "R"}
        refunded = Merchant(again.app).call("alipay.trade.refund", refund)
        assert refunded["fund_change"] == "Y"
        connect = folder / "apps" / second["app_id"] / "app.json"
        assert again.base_url in connect.read_text()


def test_nothing_is_overwritten(alone: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "state.zip"
    file.write_text("mine")
    kept = run("export", str(file), "--data", str(alone.data))
    assert (kept.returncode, file.read_text()) == (1, "mine")
    file.unlink()
    run("export", str(file), "--data", str(alone.data))
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine").touch()
    refused = run("import", str(file), "--data", str(folder))

    assert refused.returncode == 1
    assert refused.stderr == f"{folder} is not empty.\n"
    assert [one.name for one in folder.iterdir()] == ["mine"]
    (folder / "mine").unlink()
    assert run("import", str(file), "--data", str(folder)).returncode == 0
    served = run("import", str(file), "--data", str(alone.data))
    assert served.returncode == 1


def test_what_is_no_export_is_refused_and_leaves_nothing(
    alone: Simulator, tmp_path: Path
) -> None:
    good = tmp_path / "good.zip"
    run("export", str(good), "--data", str(alone.data))
    with zipfile.ZipFile(good) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}

    def archive(name: str, changes: dict[str, bytes]) -> Path:
        file = tmp_path / name
        with zipfile.ZipFile(file, "w") as packed:
            for member, content in (members | changes).items():
                packed.writestr(member, content)
        return file

    text = tmp_path / "text.zip"
    text.write_text("no zip")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(good.read_bytes()[:-2000])
    broken = {"simulator.sqlite3": b"SQLite format 3\0" + b"x" * 5000}
    bad = [
        text,
        cut,
        archive("climbs.zip", {"../evil": b"x"}),
        archive("strange.zip", {"apps/../../evil": b"x"}),
        archive("later.zip", {"manifest.json": b'{"format": 99}'}),
        archive("list.zip", {"manifest.json": b"[]"}),
        archive("broken.zip", broken),
    ]
    for file in bad:
        folder = tmp_path / f"to-{file.stem}"
        ended = run("import", str(file), "--data", str(folder))
        assert ended.returncode == 1, file
        assert "is no export" in ended.stderr
        assert "Traceback" not in ended.stderr
        assert not folder.exists()
    assert not list(tmp_path.glob(".importing*"))
    assert not (tmp_path / "evil").exists()
    assert run("import", str(tmp_path / "none"), "--data", "x").returncode == 2
    assert run("export", "x", "--data", str(tmp_path / "none")).returncode == 1


def test_a_reset_forgets_all_but_who_may_connect(
    alone: Simulator, order: dict[str, Any]
) -> None:
    second = alone.control("apps", {"name": "Second", "merchant": "Tea house"})
    alone.control("app", {"disabled_methods": ["alipay.trade.close"]})
    sell(alone, order)
    alone.control("faults", {"kind": "slow"})
    alone.control("pause_notifications", {"paused": True})
    alone.control("clock", {"advance_seconds": 1000})
    assert alone.ask("reset", {}).status_code == 400
    assert alone.order(order["out_trade_no"])["trade_status"] == "TRADE_SUCCESS"
    alone.control("reset", {"sure": True})

    assert alone.control("trades")["trades"] == []
    assert alone.control("faults")["faults"] == []
    assert alone.control("clock")["offset_seconds"] == 0
    assert alone.balance("mei", "balance") == "1000000.00"
    assert alone.control("app")["disabled_methods"] == []
    assert alone.control("bank?audit=yes")["adds_up"] is True
    kept = [one["app_id"] for one in alone.control("apps")["apps"]]
    assert kept == [alone.app["app_id"], second["app_id"]]
    # The same keys, the same numbers: nobody has to connect anew.
    sell(alone, order)
    again = Merchant(second["connect"]).call("alipay.trade.precreate", order)
    assert again["code"] == "10000"
    assert alone.run("reset", "--yes").returncode == 0
    assert alone.control("trades")["trades"] == []

"""Looking into the simulator's bank: who has what, and whether it adds up."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from tests.simulator.harness import Simulator

SELLER = "Sandbox shop"


class Bank:
    """Accounts by their kind and their owner: his name, number, or how he signs in."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.aliases = {"seller": SELLER}

    def has(self, who: str, kind: str) -> Decimal:
        """How much is in somebody's account now; nothing if he has none yet."""
        found = self.person(who)["accounts"]
        balances = [one["balance"] for one in found if one["kind"] == kind]
        return Decimal(balances[0] if balances else 0)

    def person(self, who: str) -> dict[str, Any]:
        """Return what the control room tells about somebody."""
        who = self.aliases.get(who, who)
        people: list[dict[str, Any]] = self.simulator.control("people")["people"]
        return next(
            one
            for one in people
            if who in (one["name"], one["user_id"]) or one["logon_id"].startswith(who)
        )

    def open_id(self, who: str, app: dict[str, Any]) -> str:
        """Return what an app may call somebody instead of his number."""
        user_id = self.person(who)["user_id"]
        told: dict[str, Any] = self.simulator.control(f"people/{user_id}")
        return str(told["open_ids"][app["app_id"]])

    def line(self) -> dict[str, Any]:
        """Tell where all money is."""
        told: dict[str, Any] = self.simulator.control("bank")
        return told

    def require_adding_up(self) -> None:
        """Every account is what moved in and out of it, and nothing came of nothing."""
        told = self.simulator.control("bank?audit=yes")
        assert told["difference"] == "0.00"
        assert told["wrong_accounts"] == []
        assert self.simulator.control("people")["ledger_sum"] == "0.00"

    @contextmanager
    def moving(self, expected: dict[str, str]) -> Iterator[None]:
        """Within the block exactly these accounts change by these amounts.

        ``{"mei balance": "-8.88"}``: an account; ``{"fees": "0.05"}``: a line's name.
        """
        before = {name: self._amount(name) for name in expected}
        yield
        changes = {name: str(self._amount(name) - before[name]) for name in expected}
        assert changes == expected
        assert self.line()["difference"] == "0.00"

    def _amount(self, name: str) -> Decimal:
        who, _, kind = name.rpartition(" ")
        return self.has(who, kind) if who else Decimal(self.line()[kind])

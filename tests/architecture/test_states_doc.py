"""``docs/states.md`` is printed from the transition tables, and never differs.

``WRITE_DOCS=1 pytest tests/architecture/test_states_doc.py`` prints it anew.
"""

import os
from pathlib import Path

import pytest
from django.utils import translation

from escrow.disputes.lifecycle import DISPUTES
from escrow.lifecycle import HOLDS
from kernel.lifecycle import Lifecycle
from orders.lifecycle import ORDERS
from payments.lifecycle import ATTEMPTS, CHARGES, REFUNDS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "states.md"

NOUNS = {
    "Order": (ORDERS, "One shop's part of a checkout. Its status follows the money."),
    "Charge": (CHARGES, "One amount to be paid once, for everything in a checkout."),
    "Attempt": (ATTEMPTS, "One try to pay a charge: one number at the gateway."),
    "Refund": (REFUNDS, "Money on its way back by the route it came."),
    "Hold": (HOLDS, "The part of a charge held in escrow for one order."),
    "Dispute": (DISPUTES, "One complaint about one order's held money."),
}
HEAD = """\
# States

Printed from the transition tables by `tests/architecture/test_states_doc.py`; do not
edit. A status is written by `Lifecycle.move` alone: one conditional update and one
history row. What is not in a table cannot happen.
"""


def printed() -> str:
    parts = [HEAD]
    for name, (lifecycle, about) in NOUNS.items():
        parts.append(
            f"## {name}\n\n{about}\n\n{_diagram(lifecycle)}\n{_legend(lifecycle)}"
        )
    return "\n".join(parts)


def _diagram(lifecycle: Lifecycle) -> str:
    statuses = lifecycle.model.Status
    left = {source for rule in lifecycle.moves.values() for source in rule.sources}
    begin = lifecycle.model._meta.get_field("status").default
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {begin}"]
    for action, rule in lifecycle.moves.items():
        lines += [
            f"    {source} --> {rule.target}: {action}"
            for source in statuses.values
            if source in rule.sources
        ]
    lines += [f"    {end} --> [*]" for end in statuses.values if end not in left]
    return "\n".join([*lines, "```", ""])


def _legend(lifecycle: Lifecycle) -> str:
    with translation.override("en"):
        rows = [f"| `{one.value}` | {one.label} |" for one in lifecycle.model.Status]
    return "\n".join(["| Status | Means |", "|---|---|", *rows, ""])


def test_the_page_shows_the_tables_as_they_are():
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(printed())

    assert PAGE.read_text() == printed()


@pytest.mark.parametrize("name", NOUNS)
def test_every_status_can_be_reached(name):
    lifecycle, _ = NOUNS[name]
    begin = lifecycle.model._meta.get_field("status").default
    reached = {begin} | {rule.target for rule in lifecycle.moves.values()}

    assert reached == set(lifecycle.model.Status.values)

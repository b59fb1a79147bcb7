"""Whether the money adds up: where it is, and where it came from."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from alipay_simulator.models import Account, CardType, Move

Kind = Account.Kind


@dataclass(frozen=True)
class Line:
    """All money at one moment, in fen.

    ``issued`` came out of the treasury, ``lent`` out of credit lines and credit
    cards; the rest says where it is. ``buyers`` have theirs here and in a bank.
    """

    issued: int
    lent: int
    buyers: int
    merchants: int
    held: int
    in_flight: int
    fees: int

    @property
    def difference_fen(self) -> int:
        """What is there and was never issued; 0 in an honest bank."""
        there = self.buyers + self.merchants + self.held + self.in_flight + self.fees
        return there - self.issued - self.lent

    @property
    def adds_up(self) -> bool:
        """Whether buyers, merchants and what is under way make up what was issued."""
        return self.difference_fen == 0


def line() -> Line:
    """Add up the balances, all in one look."""
    found = Account.objects.values_list("kind", "card_type")
    total = dict.fromkeys(Kind.values, 0)
    borrowed = 0
    for kind, card_type, fen in found.annotate(total=Sum("balance_fen")):
        if kind == Kind.CREDIT or card_type == CardType.CREDIT:
            borrowed -= fen
        else:
            total[kind] += fen
    return Line(
        issued=-total[Kind.OUTSIDE],
        lent=borrowed,
        buyers=total[Kind.BALANCE] + total[Kind.CARD],
        merchants=total[Kind.MERCHANT],
        held=total[Kind.HELD],
        in_flight=total[Kind.TRANSIT],
        fees=total[Kind.FEES],
    )


@transaction.atomic
def audit() -> list[tuple[Account, int]]:
    """Count every account anew from its movements.

    Returns those whose balance says something else, and by how much.
    """
    came, left = _sums("target_id"), _sums("source_id")
    wrong = []
    for account in Account.objects.select_related("owner"):
        counted = came.get(account.pk, 0) - left.get(account.pk, 0)
        if account.balance_fen != counted:
            wrong.append((account, account.balance_fen - counted))
    return wrong


def _sums(side: str) -> dict[int, int]:
    rows = Move.objects.order_by().values_list(side).annotate(total=Sum("amount_fen"))
    return dict(rows)

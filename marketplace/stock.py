"""Stock: reserve on order, deduct on payment, release on close (rules §7.3).

Every command locks the variants it touches in id order, so that two of them never
wait for each other in a circle, and costs one statement whatever the number of rows;
reserving and taking cost two.
"""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kernel.db import command
from kernel.errors import Refusal
from marketplace.models import Variant

Wanted = Mapping[int, int]


class SoldOut(Refusal):
    """Fewer pieces are left than wanted; nothing was reserved.

    ``left`` says how many there are of each such variant (0 for an unknown one).
    """

    code = "sold_out"

    def __init__(self, left: Mapping[int, int]) -> None:
        super().__init__(_("Some items are sold out or fewer are left than you want."))
        self.left = dict(left)

    @property
    def variants(self) -> Sequence[int]:
        """Ids of the variants that could not be reserved, in order."""
        return sorted(self.left)


@command
def reserve_stock(*, wanted: Wanted) -> None:
    """Set aside ``wanted`` pieces (variant id → number) for an order.

    :raises SoldOut: naming every variant of which too few are left.
    """
    _require(wanted)
    _change(wanted, reserved=1)


@command
def take_stock(*, wanted: Wanted) -> None:
    """Take pieces that nobody has reserved out of the shop's stock: they are paid.

    :raises SoldOut: as :func:`reserve_stock`.
    """
    _require(wanted)
    _change(wanted, on_hand=-1)


@command
def release_stock(*, wanted: Wanted) -> None:
    """Put reserved pieces back on sale: the order closed unpaid."""
    _change(wanted, reserved=-1)


@command
def deduct_stock(*, wanted: Wanted) -> None:
    """Take reserved pieces out of the shop's stock: the order is paid."""
    _change(wanted, on_hand=-1, reserved=-1)


@command
def return_stock(*, wanted: Wanted) -> None:
    """Give deducted pieces back: refunded in full before they were sent."""
    _change(wanted, on_hand=1)


def _require(wanted: Wanted) -> None:
    left = _locked(wanted)
    short = {pk: left.get(pk, 0) for pk, n in wanted.items() if left.get(pk, 0) < n}
    if short:
        raise SoldOut(short)


def _locked(wanted: Wanted) -> dict[int, int]:
    """Lock the wanted variants in id order; how many pieces of each are left."""
    rows = (
        Variant.objects.filter(pk__in=wanted)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", "on_hand", "reserved")
    )
    return {pk: on_hand - reserved for pk, on_hand, reserved in rows}


_CHANGE = """
WITH locked AS MATERIALIZED (
    SELECT v.id, wanted.number
    FROM marketplace_variant v
    JOIN unnest(%s::bigint[], %s::bigint[]) AS wanted(id, number) USING (id)
    ORDER BY v.id FOR NO KEY UPDATE OF v
)
UPDATE marketplace_variant v
SET on_hand = v.on_hand + %s * locked.number,
    reserved = v.reserved + %s * locked.number
FROM locked WHERE v.id = locked.id
"""


def _change(wanted: Wanted, *, on_hand: int = 0, reserved: int = 0) -> None:
    """Add the wanted number, times what is given, to the columns of each variant."""
    assert all(number > 0 for number in wanted.values()), "pieces are counted from 1"
    pieces = [list(wanted), list(wanted.values())]
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, [*pieces, on_hand, reserved])

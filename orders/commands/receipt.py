"""Receipt: the buyer's word that releases the money."""

from datetime import datetime

from escrow import commands as escrow
from kernel.db import command
from marketplace.accounts.models import User
from orders.models import Order


@command
def confirm_receipt(*, order: Order, by: User, at: datetime) -> None:
    """The buyer has the goods and is content: the money goes to the seller.

    The order completes by the reaction to the release, the same way whether the
    buyer, the clock or the desk released it. It cannot be undone; pressing twice
    confirms once.

    :raises escrow.commands.CannotRelease: when the money is not held, or a dispute
        is open.
    :raises kernel.lifecycle.CannotMove: when nothing was shipped yet.
    """
    escrow.lock_hold(hold_id=order.hold_id)
    if order.history.filter(action="complete", by=by).exists():
        return
    escrow.release_holds(
        hold_ids=[order.hold_id], by=by, at=at, note="the buyer confirmed receipt"
    )

"""The order's transition table: its status follows the money (rules §1.3)."""

from kernel.lifecycle import Lifecycle, move
from orders.models import Order, OrderMove

Status = Order.Status

ORDERS: Lifecycle[Order] = Lifecycle(
    Order,
    OrderMove,
    {
        "fund": move({Status.PENDING_PAYMENT}, Status.AWAITING_SHIPMENT),
        "cancel": move({Status.PENDING_PAYMENT}, Status.CANCELLED),
        "revive": move({Status.CANCELLED}, Status.AWAITING_SHIPMENT),
        "ship": move({Status.AWAITING_SHIPMENT}, Status.SHIPPED),
        "deliver": move({Status.SHIPPED}, Status.DELIVERED),
        "complete": move({Status.SHIPPED, Status.DELIVERED}, Status.COMPLETED),
        "refund": move(
            {Status.AWAITING_SHIPMENT, Status.SHIPPED, Status.DELIVERED},
            Status.REFUNDED,
        ),
    },
)

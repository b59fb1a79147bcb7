"""The tables: one SQLite file, in which one writer at a time is the row lock.

Every writing transaction starts with ``BEGIN IMMEDIATE``, so whoever reads a
trade inside one has it to himself until the commit.
"""

from .bills import BillTicket
from .faults import Fault
from .moves import Cause, Move
from .news import Attempt, Event, Notification
from .one import only
from .people import Account, CardType, Member, Standing, mask_logon_id
from .shares import Confirmation, NumberedRequest, Receiver, Settlement, Share
from .shops import SubMerchant
from .trades import Entry, Intent, Product, Refund, Status, Trade
from .transfers import Transfer
from .world import App, World

__all__ = [
    "Account",
    "App",
    "Attempt",
    "BillTicket",
    "CardType",
    "Cause",
    "Confirmation",
    "Entry",
    "Event",
    "Fault",
    "Intent",
    "Member",
    "Move",
    "Notification",
    "NumberedRequest",
    "Product",
    "Receiver",
    "Refund",
    "Settlement",
    "Share",
    "Standing",
    "Status",
    "SubMerchant",
    "Trade",
    "Transfer",
    "World",
    "mask_logon_id",
    "only",
]

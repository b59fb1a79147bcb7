"""The tables: one SQLite file, in which one writer at a time is the row lock.

Every writing transaction starts with ``BEGIN IMMEDIATE``, so whoever reads a
trade inside one has it to himself until the commit.
"""

from .news import Attempt, Event, Notification
from .people import Account, Member
from .trades import Entry, Intent, Move, Product, Refund, Status, Trade
from .world import App, World

__all__ = [
    "Account",
    "App",
    "Attempt",
    "Entry",
    "Event",
    "Intent",
    "Member",
    "Move",
    "Notification",
    "Product",
    "Refund",
    "Status",
    "Trade",
    "World",
]

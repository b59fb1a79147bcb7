"""The clock: read it, move it, and see what comes due on the way."""

import datetime as dt

from alipay_simulator import clock
from alipay_simulator.control import show
from alipay_simulator.control.asked import Asked, BadRequest, Conflict
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import World
from alipay_simulator.notify import alarm
from alipay_simulator.rules import agenda, sweeps

LISTED = 20
"""How many deadlines are named: of those ahead, and of those that a move meets."""

BATCHES = 5
"""How many batches of deadlines whoever moves the clock waits for."""

MOVES = ("advance_seconds", "set", "to_next", "back")


def read(fields: Fields) -> Fields:
    """Tell the moment, how far the clock was moved, and what comes due next."""
    Asked(fields)
    at = clock.now()
    return _state(at) | {
        "next": [show.due(one) for one in agenda.due(after=at, count=LISTED)]
    }


def move(fields: Fields) -> Fields:
    """Move it by ``advance_seconds``, to ``set``, ``to_next`` deadline, or ``back``.

    Tells the new moment and what ``fired``: the first things that came due on
    the way. They have taken effect when this returns (unless there are hundreds);
    their news is going out.
    """
    asked = Asked(fields, *MOVES)
    given = [name for name in MOVES if name in asked]
    if len(given) != 1:
        raise BadRequest(f"give one of: {', '.join(MOVES)}")
    before = clock.now()
    try:
        at = _move(asked, given[0], before)
    except clock.OutOfRange as error:
        raise BadRequest(str(error)) from None
    except OverflowError:
        raise BadRequest(f"{given[0]} is no such time") from None
    fired = agenda.due(after=before, until=at, count=LISTED + 1)
    _let_it_happen(at)
    return _state(at) | {
        "fired": [show.due(one) for one in fired[:LISTED]],
        "more_fired": len(fired) > LISTED,
    }


def _move(asked: Asked, how: str, before: dt.datetime) -> dt.datetime:
    if how == "advance_seconds":
        seconds = asked.seconds("advance_seconds")
        if seconds is None:
            raise BadRequest("advance_seconds is a number of seconds")
        return clock.advance(dt.timedelta(seconds=seconds))
    if how == "set":
        return clock.set_to(asked.moment("set"))
    if not asked.flag(how):
        raise BadRequest(f"{how} can only be true")
    if how == "back":
        return clock.set_offset(dt.timedelta(0))
    following = agenda.due(after=before, count=1)
    if not following:
        raise Conflict("NOTHING_DUE", "nothing comes due")
    return clock.set_to(following[0].at)


def _let_it_happen(at: dt.datetime) -> None:
    """Let the first deadlines take effect here and now, the rest in the background."""
    for _ in range(BATCHES):
        if not sweeps.sweep(at=at):
            break
    alarm.ring()


def _state(at: dt.datetime) -> Fields:
    offset = World.load().clock_offset
    return {"now": show.moment(at), "offset_seconds": offset.total_seconds()}

"""Faults: which there are, switching one on, and switching off."""

from django.db.models import QuerySet

from alipay_simulator import clock
from alipay_simulator.control import show
from alipay_simulator.control.asked import Asked, BadRequest, NotFound
from alipay_simulator.control.doors import Fields
from alipay_simulator.methods.registry import API, PAGES
from alipay_simulator.models import Fault
from alipay_simulator.notify import alarm
from alipay_simulator.rules.faults import Kind
from alipay_simulator.texts import faults as texts

from . import listing

MOST_TIMES = 1_000_000
FIELDS = ("kind", "out_trade_no", "app_id", "method", "times", "options")
LONGEST_SECONDS = 366 * 86_400
REALLY_WAIT = (Kind.SLOW, Kind.PAID_AFTER_CLOSING)
"""These last by the machine's clock, not by the movable one."""

LONGEST_WAIT = 300
RAREST = 1000
"""The option ``one_in`` at most."""


def read(fields: Fields) -> Fields:
    """List what is switched on, then what was lately; and every kind in a sentence."""
    Asked(fields)
    return {
        "faults": [show.fault(one) for one in (*switched_on(), *lately_over())],
        "kinds": {kind.value: texts.sentence("en", kind) for kind in Kind},
    }


def switched_on() -> QuerySet[Fault]:
    """Return the faults that will still strike."""
    return Fault.objects.filter(is_on=True).select_related("app")


def lately_over() -> QuerySet[Fault]:
    """Return the last of those that were switched off or have struck often enough."""
    over = Fault.objects.filter(is_on=False).select_related("app")
    return over.order_by("-pk")[:20]


def switch_on(fields: Fields) -> Fields:
    """Switch a ``kind`` on, to strike once.

    ``times`` says how often instead; ``null``: until it is switched off.
    ``out_trade_no``, ``app_id`` and ``method`` narrow it down; ``options`` are what
    some kinds want to know: ``seconds``, and ``parallel`` for ``news_twice``; with
    ``one_in`` any of them strikes by chance, one time in so many.
    """
    asked = Asked(fields, *FIELDS)
    kind = asked.choice("kind", Kind.values)
    if not kind:
        raise BadRequest(f"kind is one of: {', '.join(Kind.values)}")
    until_off = asked.is_null("times")
    made = Fault.objects.create(
        kind=kind,
        app=listing.app(asked),
        out_trade_no=asked.text("out_trade_no", longest=64),
        method=asked.choice("method", (*API, *PAGES)),
        options=_options(asked, Kind(kind)),
        times_left=None if until_off else asked.whole("times", 1, MOST_TIMES) or 1,
        created_at=clock.now(),
    )
    alarm.ring()
    return show.fault(made)


def _options(asked: Asked, kind: Kind) -> Fields:
    given = asked.object("options")
    options = Asked(given, "seconds", "parallel", "one_in")
    told: Fields = {}
    one_in = options.whole("one_in", 1, RAREST)
    if one_in is not None:
        told["one_in"] = one_in
    seconds = options.seconds("seconds")
    if seconds is not None:
        if kind not in texts.TAKES_SECONDS:
            raise BadRequest(f"{kind.value} takes no seconds")
        longest = LONGEST_WAIT if kind in REALLY_WAIT else LONGEST_SECONDS
        if not 0 <= seconds <= longest:
            raise BadRequest(f"seconds is from 0 to {longest}")
        told["seconds"] = seconds
    if "parallel" in options:
        if kind != Kind.NEWS_TWICE:
            raise BadRequest(f"{kind.value} takes no parallel")
        told["parallel"] = options.flag("parallel")
    return told


def switch_off(fields: Fields, pk: int) -> Fields:
    """Switch one fault off."""
    Asked(fields)
    if not Fault.objects.filter(pk=pk).update(is_on=False):
        raise NotFound(f"no fault {pk}")
    alarm.ring()
    return show.fault(Fault.objects.select_related("app").get(pk=pk))


def switch_all_off(fields: Fields) -> Fields:
    """Switch every fault off."""
    Asked(fields)
    alarm.ring()
    return {"off": Fault.objects.filter(is_on=True).update(is_on=False)}

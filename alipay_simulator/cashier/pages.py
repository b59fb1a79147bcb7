"""The pages of a visit: sign-in, confirm, result, refused."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from alipay_simulator import texts
from alipay_simulator.models import Member, Trade
from alipay_simulator.rules import buyers, passwords
from alipay_simulator.rules.refusals import CannotPay, Reason

from . import qr, session
from .returns import return_address
from .trouble import trouble
from .visit import Step, Surface, Visit
from .ways import ways_of

UNPROCESSABLE = 422
NOTHING_IS_ENOUGH = "none_usable"
LISTED = 30
"""How many buyers a sign-in form lists at most."""


def show(visit: Visit) -> HttpResponse:
    """Show a browser where its order stands."""
    trade, buyer = visit.trade(), visit.buyer
    try:
        step = visit.step(trade, buyer)
    except CannotPay as refusal:
        return refused(visit, refusal.reason, trade, buyer)
    if step == Step.RESULT:
        assert trade is not None  # only a trade has a result
        return _result(visit, trade)
    if step == Step.CONFIRM:
        assert buyer is not None  # only who signed in confirms
        return confirm(visit, buyer)
    return sign_in(visit, trade, account=visit.request.GET.get("as", ""))


def sign_in(
    visit: Visit, trade: Trade | None, *, account: str = "", wrong: bool = False
) -> HttpResponse:
    """Ask who pays; beside it, at the desk, the code for a phone."""
    context: dict[str, Any] = people(account, wrong=wrong) | {
        "wrong": wrong,
        "state": visit.state(trade),
        "scanned_by": trade.buyer.masked_logon_id if trade else "",
    }
    if visit.surface == Surface.PHONE:
        context["wallet"] = session.in_wallet(visit.request)
    if not visit.on_phone:
        alt = texts.say(texts.language_of(visit.request), "scan_alt")
        context["qr"] = qr.svg(settings.QR_PREFIX + visit.entry.code, alt)
    status = UNPROCESSABLE if wrong else 200
    return _page(visit, Step.SIGN_IN, status=status, **context)


def people(account: str, *, wrong: bool) -> dict[str, Any]:
    """What every sign-in form shows: the test buyers, and the one filled in."""
    known = list(Member.objects.filter(is_seller=False).order_by("pk")[:LISTED])
    chosen = next((one for one in known if one.logon_id == account), None)
    troubled = [one for one in known if _is_troubled(one)]
    return {
        "account": account,
        "password": chosen.logon_password if chosen and not wrong else "",
        "people": [one for one in known if one not in troubled],
        "troubled": troubled,
        "open_troubles": chosen in troubled,
    }


def _is_troubled(member: Member) -> bool:
    return texts.people.login_of(member.logon_id) in texts.people.IN_TROUBLE


def confirm(
    visit: Visit, buyer: Member, *, chosen: str = "", problem: Reason | str = ""
) -> HttpResponse:
    """Let the buyer choose how to pay; say what was wrong with the last try."""
    ways = ways_of(buyer, visit.entry.intent.total_fen, visit.entry, at=visit.at)
    usable = [way.value for way in ways if way.reason is None]
    obstacle = buyers.obstacle(buyer, at=visit.at)
    trade = visit.trade()
    return _page(
        visit,
        Step.CONFIRM,
        status=UNPROCESSABLE if problem else 200,
        buyer=buyer,
        ways=ways,
        chosen=chosen if chosen in usable else next(iter(usable), ""),
        problem=obstacle or (problem if usable else NOTHING_IS_ENOUGH),
        tried=bool(problem),
        tries_left=passwords.tries_left(buyer),
        can_pay=bool(usable) and not obstacle,
        deadline=trade.expires_at if trade else None,
        state=visit.state(trade),
        state_url=visit.state_url,
    )


def refused(
    visit: Visit,
    reason: Reason,
    trade: Trade | None,
    buyer: Member | None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Say that this order cannot be paid here, and what to do about it."""
    told = trouble(reason, trade, buyer)
    return _page(visit, Step.REFUSED, status=status, trouble=told, buyer=buyer)


def _result(visit: Visit, trade: Trade) -> HttpResponse:
    back = ""
    if visit.surface == Surface.CASHIER:
        back = return_address(trade, visit.entry, at=visit.at)
    return _page(
        visit,
        Step.RESULT,
        trade=trade,
        return_address=back,
        seconds=settings.RETURN_AFTER_SECONDS,
    )


def _page(
    visit: Visit, step: Step, *, status: int = 200, **context: Any
) -> HttpResponse:
    intent = visit.entry.intent
    acts = ("leave", "pay") + (() if visit.surface == Surface.WALLET else ("sign_in",))
    return render(
        visit.request,
        f"sim/{step}.html",
        {
            "visit": visit,
            "urls": {act: visit.url(act) for act in acts},
            "entry": visit.entry,
            "intent": intent,
            "payee": intent.payee,
            **context,
        },
        status=status,
    )

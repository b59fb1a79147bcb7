"""The doors of the cashier. Each does one thing and sends the browser on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alipay_simulator import texts
from alipay_simulator.models import Account, Member, Product, Status, Trade
from alipay_simulator.rules import intents, mishaps, passwords, trades
from alipay_simulator.rules.refusals import CannotPay, Reason

from . import qr
from .returns import return_address
from .visit import Step, Visit
from .ways import ways_of


@require_GET
@never_cache
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show a browser where its order stands."""
    return _show(Visit.at_cashier(request, token))


@require_GET
@never_cache
def scan_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a phone the order whose code it has scanned."""
    return _show(Visit.by_code(request, code))


@require_POST
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in at the desk."""
    return _sign_in(Visit.at_cashier(request, token))


@require_POST
def scan_sign_in(request: HttpRequest, code: str) -> HttpResponse:
    """Sign in on the phone."""
    return _sign_in(Visit.by_code(request, code))


@require_POST
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Pay at the desk."""
    return _pay(Visit.at_cashier(request, token))


@require_POST
def scan_pay(request: HttpRequest, code: str) -> HttpResponse:
    """Pay on the phone."""
    return _pay(Visit.by_code(request, code))


@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody else sign in at the desk."""
    return _leave(Visit.at_cashier(request, token))


@require_POST
def scan_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody else sign in on the phone."""
    return _leave(Visit.by_code(request, code))


@require_GET
@never_cache
def state(request: HttpRequest, token: str) -> JsonResponse:
    """Tell the waiting page whether its order has moved."""
    return JsonResponse({"state": _state(Visit.at_cashier(request, token).trade())})


def _state(trade: Trade | None) -> str:
    if trade is None:
        return "open"
    if trade.status == Status.WAITING:
        return "scanned"
    return "closed" if trade.status == Status.CLOSED else "paid"


def _show(visit: Visit) -> HttpResponse:
    trade, buyer = visit.trade(), visit.buyer
    try:
        step = visit.step(trade, buyer)
    except CannotPay as refusal:
        return _page(visit, Step.REFUSED, reason=refusal.reason, buyer=buyer)
    if step == Step.RESULT:
        assert trade is not None  # only a trade has a result
        return _result(visit, trade)
    if step == Step.CONFIRM:
        assert buyer is not None  # only who signed in confirms
        return _confirm(visit, buyer)
    return _sign_in_page(visit, trade, account=visit.request.GET.get("as", ""))


def _sign_in_page(
    visit: Visit, trade: Trade | None, *, account: str = "", wrong: bool = False
) -> HttpResponse:
    known = Member.objects.filter(is_seller=False).order_by("pk")
    chosen = known.filter(logon_id=account).first()
    context: dict[str, Any] = {
        "account": account,
        "password": chosen.logon_password if chosen and not wrong else "",
        "wrong": wrong,
        "people": known,
        "state": _state(trade),
    }
    if not visit.on_phone:
        alt = texts.say(texts.language_of(visit.request), "scan_alt")
        context["qr"] = qr.svg(settings.QR_PREFIX + visit.entry.code, alt)
    return _page(visit, Step.SIGN_IN, status=422 if wrong else 200, **context)


def _sign_in(visit: Visit) -> HttpResponse:
    account = visit.request.POST.get("account", "").strip()
    member = Member.objects.filter(logon_id__iexact=account).first()
    password = visit.request.POST.get("password", "")
    if member is None or not constant_time_compare(password, member.logon_password):
        return _sign_in_page(visit, visit.trade(), account=account, wrong=True)
    try:
        intents.enter(visit.entry, member, at=visit.at)
    except CannotPay as refusal:
        return _page(visit, Step.REFUSED, reason=refusal.reason, status=422)
    visit.remember(member)
    return redirect(visit.url())


def _leave(visit: Visit) -> HttpResponse:
    visit.forget()
    return redirect(visit.url())


def _confirm(
    visit: Visit,
    buyer: Member,
    *,
    chosen: str = "",
    problem: Reason | str = "",
) -> HttpResponse:
    ways = ways_of(buyer, visit.entry.intent.total_fen, visit.entry, at=visit.at)
    usable = [way.value for way in ways if way.reason is None]
    locked = buyer.locked_until is not None and buyer.locked_until > visit.at
    return _page(
        visit,
        Step.CONFIRM,
        status=422 if problem else 200,
        buyer=buyer,
        ways=ways,
        chosen=chosen if chosen in usable else next(iter(usable), ""),
        problem=Reason.LOCKED if locked else problem,
        tries_left=passwords.tries_left(buyer),
        can_pay=bool(usable) and not locked,
    )


def _pay(visit: Visit) -> HttpResponse:
    trade, buyer = visit.trade(), visit.buyer
    if trade is None or buyer is None or buyer != trade.buyer:
        return redirect(visit.url())
    chosen = visit.request.POST.get("account", "")
    account = _own_account(buyer, chosen)
    if account is None:
        return _confirm(visit, buyer, problem="choose")
    try:
        trades.require_waiting(trade)
        password = visit.request.POST.get("pay_password", "")
        passwords.check_pay_password(buyer, password, at=visit.at)
        mishaps.pay(trade, account, entry=visit.entry, at=visit.at)
    except CannotPay as refusal:
        if visit.trade_is_over():
            return redirect(visit.url())
        return _confirm(visit, buyer, chosen=chosen, problem=refusal.reason)
    return redirect(visit.url())


def _own_account(buyer: Member, chosen: str) -> Account | None:
    mine = (one for one in buyer.accounts.all() if str(one.pk) == chosen)
    return next(mine, None)


def _result(visit: Visit, trade: Trade) -> HttpResponse:
    back = "" if visit.scanned else return_address(trade, visit.entry, at=visit.at)
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
    return render(
        visit.request,
        f"sim/{step}.html",
        {
            "visit": visit,
            "urls": {act: visit.url(act) for act in ("sign_in", "pay", "leave")},
            "entry": visit.entry,
            "intent": intent,
            "payee": intent.seller,
            "is_wap": visit.entry.product == Product.WAP,
            **context,
        },
        status=status,
    )

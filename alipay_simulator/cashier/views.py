"""The doors of the cashier. Each does one thing and sends the browser on."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alipay_simulator.models import Account, Member
from alipay_simulator.rules import funding, intents, mishaps, passwords, trades
from alipay_simulator.rules.refusals import CannotPay

from . import pages, session
from .visit import Visit

Coming = Callable[[HttpRequest, str], Visit]
View = Callable[[HttpRequest, str], HttpResponse]


def page(coming: Coming) -> View:
    """Make the page of an order for those who come by one way."""

    @require_safe
    @never_cache
    def view(request: HttpRequest, key: str) -> HttpResponse:
        return pages.show(coming(request, key))

    return view


def act(coming: Coming, do: Callable[[Visit], HttpResponse]) -> View:
    """Make the door of an act. Who only looks at its address is sent to the page.

    A browser does that when somebody presses Enter in the address of a refusal.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(do)
    def view(request: HttpRequest, key: str) -> HttpResponse:
        visit = coming(request, key)
        return do(visit) if request.method == "POST" else redirect(visit.url())

    return view


def sign_in(visit: Visit) -> HttpResponse:
    """Bind the order to whoever signs in, or to the owner of the open wallet."""
    request = visit.request
    if request.POST.get("wallet"):
        member = session.in_wallet(request)
        if member is None:
            return redirect(visit.url())
    else:
        member = session.recognise(request)
        if member is None:
            account = request.POST.get("account", "").strip()
            return pages.sign_in(visit, visit.trade(), account=account, wrong=True)
    try:
        intents.enter(visit.entry, member, at=visit.at)
    except CannotPay as refusal:
        trade = visit.trade()
        status = pages.UNPROCESSABLE
        return pages.refused(visit, refusal.reason, trade, member, status=status)
    session.enter_order(request, visit.key, member)
    return redirect(visit.url())


def leave(visit: Visit) -> HttpResponse:
    """Let somebody else sign in for the order."""
    session.leave_order(visit.request, visit.key)
    return redirect(visit.url())


def pay(visit: Visit) -> HttpResponse:
    """Take the money, once; whoever presses again sees the result."""
    trade, buyer = visit.trade(), visit.buyer
    if trade is None or buyer is None or buyer != trade.buyer:
        return redirect(visit.url())
    chosen = visit.request.POST.get("account", "")
    account = _own_account(buyer, chosen)
    if account is None:
        return pages.confirm(visit, buyer, problem="choose")
    try:
        trades.require_waiting(trade)
        password = visit.request.POST.get("pay_password", "")
        passwords.check_pay_password(buyer, password, at=visit.at)
        mishaps.pay(trade, account, entry=visit.entry, at=visit.at)
    except CannotPay as refusal:
        if visit.trade_is_over():
            return redirect(visit.url())
        return pages.confirm(visit, buyer, chosen=chosen, problem=refusal.reason)
    return redirect(visit.url())


def _own_account(buyer: Member, chosen: str) -> Account | None:
    mine = (one for one in funding.sources_of(buyer) if str(one.pk) == chosen)
    return next(mine, None)


@require_safe
@never_cache
def state(request: HttpRequest, key: str) -> JsonResponse:
    """Tell the waiting page whether its order has moved."""
    visit = Visit.at_cashier(request, key)
    return JsonResponse({"state": visit.state(visit.trade())})

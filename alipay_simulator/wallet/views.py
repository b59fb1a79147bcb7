"""The wallet's pages. Opening one pays nothing and binds nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alipay_simulator import clock
from alipay_simulator.cashier import pages, session
from alipay_simulator.cashier.visit import Visit
from alipay_simulator.models import Entry, Member, Status, Trade
from alipay_simulator.rules import buyers, funding
from alipay_simulator.rules.refusals import CannotPay, Reason

from . import codes

SHOWN = 20
"""How many payments the list holds, the newest first."""


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Show the open wallet, or ask whose to open."""
    buyer = session.in_wallet(request)
    if buyer is None:
        return _ask(request, account=request.GET.get("as", ""))
    return _show(request, buyer)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Open somebody's wallet."""
    if request.method != "POST":
        return redirect("wallet:home")
    buyer = session.recognise(request)
    if buyer is None or buyer.is_seller:
        account = request.POST.get("account", "").strip()
        return _ask(request, account=account, wrong=True)
    try:
        buyers.require_welcome(buyer)
    except CannotPay as refusal:
        return _ask(request, account=buyer.logon_id, refused=refusal.reason)
    session.open_wallet(request, buyer)
    return redirect("wallet:home")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Shut the wallet."""
    if request.method == "POST":
        session.shut_wallet(request)
    return redirect("wallet:home")


@require_safe
@never_cache
def scan(request: HttpRequest) -> HttpResponse:
    """Go to the order whose code was typed; signed in or not, it stays unbound."""
    typed = request.GET.get("code", "").strip()
    code = codes.read(typed)
    if code and Entry.objects.filter(code=code).exists():
        return redirect("scan:page", key=code)
    buyer = session.in_wallet(request)
    if buyer is None:
        return redirect("wallet:home")
    return _show(request, buyer, typed=typed)


def close_order(visit: Visit) -> HttpResponse:
    """Go back from an order to the list; it goes on waiting."""
    return redirect("wallet:home")


def _ask(
    request: HttpRequest,
    *,
    account: str,
    wrong: bool = False,
    refused: Reason | None = None,
) -> HttpResponse:
    context = pages.people(account, wrong=wrong) | {"wrong": wrong, "refused": refused}
    status = pages.UNPROCESSABLE if wrong or refused else 200
    return render(request, "sim/wallet_sign_in.html", context, status=status)


def _show(request: HttpRequest, buyer: Member, *, typed: str = "") -> HttpResponse:
    at = clock.now()
    mine = (
        Trade.objects.filter(buyer=buyer)
        .select_related("intent__seller", "intent__sub_merchant__shop", "paid_from")
        .order_by("-pk")
    )
    context = {
        "buyer": buyer,
        "obstacle": buyers.obstacle(buyer, at=at),
        "sources": [
            (account, funding.left_today_fen(account, at=at))
            for account in funding.sources_of(buyer)
        ],
        "waiting": mine.filter(status=Status.WAITING, expires_at__gt=at),
        "payments": mine.filter(paid_at__isnull=False)[:SHOWN],
        "typed": typed,
    }
    status = pages.UNPROCESSABLE if typed else 200
    return render(request, "sim/wallet.html", context, status=status)

"""Pages of orders: the list, and one of them with everything that belongs to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from alipay_simulator.control.commands import apps, money, news, orders
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Intent, Notification, Status, Trade
from alipay_simulator.rules import acts

from . import frame

WAYS = ("balance", "card", "credit_card", "credit")


@frame.page
def trades(request: HttpRequest) -> HttpResponse:
    """The list of orders, searched and filtered."""
    asked, words = frame.wish(request, "before", *orders.FILTERS)
    return frame.show(
        request,
        "trades",
        "trades",
        **frame.listed(orders.find, asked, words),
        states=orders.STATES,
        buyers=orders.buyers(),
        apps=apps.every(),
        is_filtered=any(name in words for name in orders.FILTERS),
    )


@frame.page
def trade(request: HttpRequest, pk: int) -> HttpResponse:
    """One order, as it is at this moment."""
    intent = orders.fresh(_order(pk))
    found: Trade | None = getattr(intent, "trade", None)
    return frame.show(
        request,
        "trade",
        "trades",
        intent=intent,
        trade=found,
        entries=intent.entries.select_related("app"),
        can_be_paid=_can_be_paid(intent, found),
        buyers=orders.buyers(),
        chosen=found.buyer.logon_id if found else acts.DEFAULT_BUYER,
        ways=WAYS,
        **(_belongings(found) if found else {}),
    )


def _order(pk: int) -> Intent:
    return get_object_or_404(orders.orders(), pk=pk)


def _can_be_paid(intent: Intent, trade: Trade | None) -> bool:
    if trade is not None:
        return trade.status == Status.WAITING
    return not intent.cancelled


def _belongings(trade: Trade) -> Fields:
    shares = trade.settlements.prefetch_related(
        "shares__source__owner", "shares__target__owner"
    )
    return {
        "refunds": trade.refunds.all(),
        "settlements": shares,
        "confirmations": trade.confirmations.all(),
        "moves": orders.moves(trade),
        "news": news.notifications().filter(trade=trade),
    }


@frame.act
def pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay an order as a buyer would."""
    intent = _order(pk)
    app = intent.entries.select_related("app").last()
    fields = {
        "out_trade_no": intent.out_trade_no,
        "app_id": app.app.app_id if app else "",
        "buyer": request.POST.get("buyer", ""),
        "with": request.POST.get("with", ""),
    }
    return frame.attempt(
        request,
        lambda: orders.pay(fields),
        back=reverse("control:trade", args=[pk]),
        done="said_paid",
        failed="said_not_paid",
    )


@frame.page
def refunds(request: HttpRequest) -> HttpResponse:
    """The list of refunds."""
    asked, words = frame.wish(request, "before")
    lines = frame.listed(money.find_refunds, asked, words)
    return frame.show(request, "refunds", "refunds", **lines)


@frame.page
def transfers(request: HttpRequest) -> HttpResponse:
    """The list of transfers."""
    asked, words = frame.wish(request, "before")
    lines = frame.listed(money.find_transfers, asked, words)
    return frame.show(request, "transfers", "transfers", **lines)


@frame.page
def notifications(request: HttpRequest) -> HttpResponse:
    """The log of notifications."""
    asked, words = frame.wish(request, "before", "state", "out_trade_no")
    return frame.show(
        request,
        "news",
        "news",
        **frame.listed(news.find, asked, words),
        states=Notification.State.values,
    )


@frame.act
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a notification again, and go back to where it was asked for."""
    item = get_object_or_404(Notification.objects.select_related("trade"), pk=pk)
    back = reverse("control:news")
    if request.POST.get("back") == "trade":
        back = reverse("control:trade", args=[item.trade.intent_id])
    return frame.attempt(
        request,
        lambda: news.resend({}, pk),
        back=back,
        done="said_resent",
        failed="said_failed",
    )


@frame.act
def pause(request: HttpRequest) -> HttpResponse:
    """Hold notifications back, or let them go."""
    paused = request.POST.get("paused") == "yes"
    return frame.attempt(
        request,
        lambda: news.pause({"paused": paused}),
        back=reverse("control:news"),
        done="said_paused" if paused else "said_unpaused",
        failed="said_failed",
    )

"""The page of people and their money."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alipay_simulator.control.commands import people
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Standing
from alipay_simulator.rules import bank

from . import frame


@frame.page
def page(request: HttpRequest) -> HttpResponse:
    """Everybody, what they have, and whether it adds up."""
    return frame.show(
        request,
        "people",
        "people",
        line=bank.line(),
        people=people.everybody(),
        standings=Standing.values,
        usual_account=people.WAYS_TO_TOP_UP,
    )


@frame.act
def top_up(request: HttpRequest, who: str) -> HttpResponse:
    """Give somebody new money."""
    fields: Fields = {"amount": request.POST.get("amount", "").replace(",", "").strip()}
    if request.POST.get("account"):
        fields["account"] = request.POST["account"]
    return frame.attempt(
        request,
        lambda: people.top_up(fields, who),
        back=f"{reverse('control:people')}#p{who}",
        done="said_topped_up",
        failed="said_no_top_up",
    )


@frame.act
def standing(request: HttpRequest, who: str) -> HttpResponse:
    """Change whether the wallet lets somebody pay."""
    fields = {"standing": request.POST.get("standing", "")}
    return frame.attempt(
        request,
        lambda: people.change(fields, who),
        back=f"{reverse('control:people')}#p{who}",
        done="said_saved",
        failed="said_not_saved",
    )

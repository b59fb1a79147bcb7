"""Pages of merchants, their apps and the shops of platforms."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from alipay_simulator import connecting
from alipay_simulator.control.commands import apps, shops
from alipay_simulator.control.doors import Fields
from alipay_simulator.folder import DataFolder
from alipay_simulator.models import Event, Member, Product
from alipay_simulator.notify.outbox import DOCUMENTED

from . import frame


@frame.page
def page(request: HttpRequest) -> HttpResponse:
    """All apps and shops, and a form for another of each."""
    return frame.show(
        request,
        "apps",
        "apps",
        apps=apps.every(),
        shops=shops.every(),
        sellers=Member.objects.filter(is_seller=True).order_by("pk"),
    )


@frame.act
def add(request: HttpRequest) -> HttpResponse:
    """Make an app, and show how to connect to it."""
    names = ("name", "seller_id", "merchant", "public_key")
    fields = {name: request.POST[name] for name in names if request.POST.get(name)}
    if "merchant" in fields:
        fields.pop("seller_id", None)
    made: Fields = {}
    answer = frame.attempt(
        request,
        lambda: made.update(apps.add(fields)),
        back=reverse("control:apps"),
        done="said_app_made",
        failed="said_no_app",
    )
    if made:
        answer["Location"] = reverse("control:app", args=[made["app_id"]])
    return answer


@frame.act
def add_shop(request: HttpRequest) -> HttpResponse:
    """Register a shop with a platform."""
    names = ("name", "name_zh", "platform_id")
    fields = {name: request.POST[name] for name in names if request.POST.get(name)}
    return frame.attempt(
        request,
        lambda: shops.register(fields),
        back=f"{reverse('control:apps')}#shops",
        done="said_shop_made",
        failed="said_no_shop",
    )


@frame.page
def one(request: HttpRequest, app_id: str) -> HttpResponse:
    """How to connect to an app, and what can be set about it."""
    app = get_object_or_404(apps.every(), app_id=app_id)
    files = connecting.files_of(app, DataFolder(settings.DATA))
    return frame.show(
        request,
        "app",
        "apps",
        app=app,
        connect=connecting.content(app, files),
        app_json=files.app_json,
        methods=[(name, name not in app.disabled_methods) for name in apps.METHODS],
        products=Product.values,
        matrix=[_row(event, app.notify_events) for event in Event.values],
    )


def _row(event: str, chosen: list[str] | None) -> Fields:
    """One event: which products tell it by the documents, and whether it is chosen."""
    documented = [Event(event) in DOCUMENTED[product] for product in Product]
    told = any(documented) if chosen is None else event in chosen
    return {"event": event, "documented": documented, "chosen": told}


@frame.act
def change(request: HttpRequest, app_id: str) -> HttpResponse:
    """Set what the pressed form is about."""
    return frame.attempt(
        request,
        lambda: apps.change(_fields(request), app_id),
        back=reverse("control:app", args=[app_id]),
        done="said_saved",
        failed="said_not_saved",
    )


def _fields(request: HttpRequest) -> Fields:
    form = request.POST
    match form.get("about"):
        case "methods":
            allowed = form.getlist("allowed")
            return {
                "enabled": "enabled" in form,
                "disabled_methods": [
                    name for name in apps.METHODS if name not in allowed
                ],
            }
        case "news":
            own = form.get("matrix") == "own"
            return {"notify_events": form.getlist("event") if own else None}
        case "money":
            return {
                "fee_basis_points": _whole(form.get("fee_basis_points", "")),
                "royalty_max_percent": _whole(form.get("royalty_max_percent", "")),
                "transfer_max": form.get("transfer_max", "").replace(",", "").strip(),
                "bills_wait": "bills_wait" in form,
            }
    return {"aes_key": form.get("aes_key", "")}


def _whole(text: str) -> int | str:
    """A number where it is one; the command refuses the rest."""
    is_number = text.isascii() and text.isdigit() and len(text) <= 9
    return int(text) if is_number else text

"""The page of faults: a form that lists every kind, and the list with hits."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alipay_simulator import texts
from alipay_simulator.control.asked import BadRequest
from alipay_simulator.control.commands import apps, faults
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Fault
from alipay_simulator.rules.faults import Kind
from alipay_simulator.texts import faults as sentences

from . import frame


@frame.page
def page(request: HttpRequest) -> HttpResponse:
    """What can go wrong, what is switched on, and what was lately."""
    lang = texts.language_of(request)
    groups = {
        group: [_listed(lang, kind) for kind in kinds]
        for group, kinds in sentences.GROUPS.items()
    }
    return frame.show(
        request,
        "faults",
        "faults",
        groups=groups.items(),
        on=[_told(lang, one) for one in faults.switched_on()],
        over=[_told(lang, one) for one in faults.lately_over()],
        apps=apps.every(),
        methods=sorted(apps.METHODS),
        number=request.GET.get("trade", "")[:64],
    )


def _listed(lang: str, kind: Kind) -> tuple[Kind, str, int | None]:
    """A kind, what it does, and how long it lasts if it does."""
    return kind, sentences.sentence(lang, kind), sentences.TAKES_SECONDS.get(kind)


def _told(lang: str, one: Fault) -> Fields:
    known = one.kind in Kind.values
    sentence = sentences.sentence(lang, Kind(one.kind)) if known else ""
    return {"fault": one, "sentence": sentence}


@frame.act
def switch_on(request: HttpRequest) -> HttpResponse:
    """Switch a kind on, as the form says."""
    return frame.attempt(
        request,
        lambda: faults.switch_on(_fields(request)),
        back=reverse("control:faults"),
        done="said_fault_on",
        failed="said_no_fault",
    )


def _fields(request: HttpRequest) -> Fields:
    names = ("kind", "out_trade_no", "app_id", "method")
    fields: Fields = {name: request.POST.get(name, "") for name in names}
    how_often = request.POST.get("how_often", "")
    if how_often == "ever":
        fields["times"] = None
    elif how_often == "times":
        fields["times"] = _number(request, "times")
    if request.POST.get("seconds"):
        fields["options"] = {"seconds": _number(request, "seconds")}
    return fields


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadRequest(f"{name} is a whole number")
    return int(text)


@frame.act
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Switch one off."""
    return frame.attempt(
        request,
        lambda: faults.switch_off({}, pk),
        back=reverse("control:faults"),
        done="said_fault_off",
        failed="said_failed",
    )


@frame.act
def switch_all_off(request: HttpRequest) -> HttpResponse:
    """Switch every one off."""
    return frame.attempt(
        request,
        lambda: faults.switch_all_off({}),
        back=reverse("control:faults"),
        done="said_faults_off",
        failed="said_failed",
    )

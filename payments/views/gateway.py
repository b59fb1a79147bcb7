"""The gateway's doors: its notifications, and the payer it sends back."""

import ipaddress
import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from kernel import clock
from payments import commands
from payments.gateways import registry
from payments.gateways.port import Capability, GatewayError, NotificationRefused
from payments.models import Attempt
from payments.standing import Stage, standing_of
from payments.views.pages import check_now

log = logging.getLogger(__name__)

# A notification has some 2 kB; whatever is far bigger is none.
LARGEST_NOTIFICATION = 64 * 1024


@csrf_exempt
@require_POST
def notify(request: HttpRequest, gateway: str) -> HttpResponse:
    """Take a notification; the answer's body is the whole answer."""
    if gateway not in registry.KINDS or not registry.can(gateway, Capability.NOTIFY):
        raise Http404("no gateway that posts anything")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_NOTIFICATION:
        return HttpResponse("fail", content_type="text/plain", status=413)
    answer = commands.receive_notification(
        gateway=gateway,
        body=request.body,
        content_type=request.content_type or "",
        remote_address=_address(request),
        at=clock.now(),
    )
    return HttpResponse(answer, content_type="text/plain")


@never_cache
@require_GET
@commands.while_somebody_waits()
def returned(request: HttpRequest) -> HttpResponse:
    """The payer's browser comes back. It is believed in nothing.

    Its signature only says which payment to ask the gateway about. The payer goes on
    to the status page; anybody else, or a payer whose session is over, sees a neutral
    word and the way to sign in.
    """
    attempt = _attempt_named_by(request)
    if attempt is None:
        return render(request, "payments/returned.html", {"stage": ""})
    attempt = check_now(attempt)
    if request.user.is_authenticated and request.user.pk == attempt.charge.payer_id:
        # Alipay sends back whoever has paid: what is not known yet is on its way.
        status = reverse("payments:status", args=[attempt.charge.reference])
        return redirect(f"{status}?back=1" if attempt.is_live else status)
    standing = standing_of(attempt.charge, at=clock.now())
    return render(
        request,
        "payments/returned.html",
        {
            "stage": standing.stage.value,
            "is_paid": standing.stage is Stage.PAID,
            "reference": attempt.charge.reference,
        },
    )


def _attempt_named_by(request: HttpRequest) -> Attempt | None:
    query = request.GET.dict()
    for code in registry.KINDS:
        try:
            number = registry.gateway(code).verify_return(query)
        except (NotificationRefused, GatewayError) as refusal:
            log.warning("a return was not believed: %s", refusal)
            continue
        return (
            Attempt.objects.select_related("charge")
            .filter(gateway=code, number=number)
            .first()
        )
    return None


def _address(request: HttpRequest) -> str | None:
    """Who speaks to us, where the server says it as an address."""
    given = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return None

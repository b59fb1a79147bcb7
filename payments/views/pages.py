"""The payer's pages: choose how to pay, the QR code, and what became of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from kernel import clock
from kernel.errors import Refusal
from payments import advice, commands, queries, troubles
from payments.forms import MethodForm
from payments.models import Attempt, Charge
from payments.shoppers import network_country
from payments.standing import Stage, Standing, standing_of
from payments.views.panel import context_of, poll_of

# Alipay asks not to be queried faster than every 3 to 5 seconds.
CHECK_PAUSE_SECONDS = 4


@never_cache
@login_required
@require_GET
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose how to pay, or go on with what was started."""
    standing = _standing(request, reference)
    if standing.stage not in {Stage.CHOOSE, Stage.WAITING, Stage.EXPIRED}:
        return redirect("payments:status", reference)
    return _choices(request, standing)


@login_required
@require_POST
@commands.while_somebody_waits()
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Start to pay by the chosen method; twice is once."""
    charge = queries.charge_for_payer(reference, request.user)
    offers = queries.offers_for(
        request.user, headers=request.headers, amount=charge.amount
    )
    form = MethodForm(request.POST, offers=offers)
    if not form.is_valid():
        messages.error(request, form.problem)
        return redirect("payments:pay", reference)
    method = form.cleaned_data["method"]
    seen_from = network_country(request.headers)
    try:
        attempt = commands.start_attempt(
            charge=charge, method=method, seen_from=seen_from, at=clock.now()
        )
    except commands.ChargeNotOpen as refusal:
        return _not_open(request, charge, refusal)
    except commands.GatewayDown as refusal:
        return _unavailable(request, charge, refusal)
    return redirect(attempt.address_to_pay)


@login_required
@require_POST
@commands.while_somebody_waits()
def renew(request: HttpRequest, reference: str) -> HttpResponse:
    """A new code in place of the one named; replaced already, its successor."""
    charge = queries.charge_for_payer(reference, request.user)
    # PostgreSQL takes no NUL in a text.
    number = request.POST.get("number", "").replace("\0", "")
    attempt = charge.attempts.filter(number=number).first()
    if attempt is None:
        return redirect("payments:pay", reference)
    try:
        renewed = commands.renew_attempt(attempt=attempt, at=clock.now())
    except commands.ChargeNotOpen as refusal:
        return _not_open(request, charge, refusal)
    except Refusal as refusal:
        if "HX-Request" in request.headers:
            # Only a whole page has room for the reason.
            messages.error(request, str(refusal.message))
            return _leave_for(reverse("payments:pay", args=[reference]))
        if isinstance(refusal, commands.GatewayDown):
            return _unavailable(request, charge, refusal)
        raise
    return redirect(renewed.address_to_pay)


@never_cache
@login_required
@require_GET
def qr(request: HttpRequest, reference: str) -> HttpResponse:
    """The code to scan, and how long it can be."""
    standing = _standing(request, reference)
    attempt = standing.attempt
    shows_code = standing.stage in {Stage.WAITING, Stage.EXPIRED}
    if shows_code and attempt and attempt.qr_payload:
        return render(request, "payments/qr.html", context_of(request, standing))
    away = "payments:pay" if standing.stage is Stage.CHOOSE else "payments:status"
    return redirect(away, reference)


@never_cache
@login_required
@require_GET
def status(request: HttpRequest, reference: str) -> HttpResponse:
    """What became of the payment: paid, being checked, closed, on its way back."""
    standing = _standing(request, reference)
    if standing.stage is Stage.CHOOSE:
        return redirect("payments:pay", reference)
    return render(request, "payments/status.html", context_of(request, standing))


@login_required
@require_POST
@commands.while_somebody_waits()
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """ "I have paid": ask the gateway now, but not more often than it likes."""
    charge = queries.charge_for_payer(reference, request.user)
    attempt = queries.latest_attempt(charge)
    if attempt is not None:
        check_now(attempt)
    standing = _standing(request, reference)
    if standing.stage is not Stage.WAITING:
        return redirect("payments:status", reference)
    assert standing.attempt is not None
    if standing.attempt.remittance:
        not_yet = _("Our desk has not found it on our account yet.")
        messages.info(request, not_yet)
    elif not standing.attempt.last_answer.startswith(Attempt.NO_ANSWER):
        # Where nobody answered, the page itself says so.
        asked = _("We have just asked: Alipay has no confirmed payment yet.")
        messages.info(request, asked)
    is_code = bool(standing.attempt.qr_payload)
    return redirect("payments:qr" if is_code else "payments:status", reference)


@never_cache
@require_GET
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """For the page's own question: nothing new, or the page's content drawn anew."""
    if not request.user.is_authenticated:
        back = reverse("payments:status", args=[reference])
        login = f"{reverse('account_login')}?{urlencode({'next': back})}"
        return _leave_for(login)
    standing = _standing(request, reference)
    if request.GET.get("mark") == standing.mark:
        if standing.stage is Stage.PAID:
            return _leave_for(standing.charge.home_path)
        return render(request, "payments/_poll.html", poll_of(standing, request))
    if standing.stage is Stage.CHOOSE:
        return _leave_for(reverse("payments:pay", args=[reference]))
    answer = render(
        request,
        "payments/_panel.html",
        {**context_of(request, standing), "say_aloud": True},
    )
    answer["HX-Retarget"], answer["HX-Reswap"] = "#payment", "outerHTML"
    return answer


def check_now(attempt: Attempt) -> Attempt:
    """Ask the gateway about ``attempt``, unless that was done a moment ago."""
    key = f"payments.checked.{attempt.pk}"
    if not cache.add(key, True, timeout=CHECK_PAUSE_SECONDS):
        return attempt
    return commands.check_attempt(attempt=attempt, at=clock.now())


def _leave_for(address: str) -> HttpResponse:
    """Tell htmx to let the whole browser go to ``address``."""
    answer: HttpResponse = HttpResponseClientRedirect(address)
    return answer


def _standing(request: HttpRequest, reference: str) -> Standing:
    charge = queries.charge_for_payer(reference, request.user)
    return standing_of(charge, at=clock.now())


def _choices(
    request: HttpRequest,
    standing: Standing,
    *,
    problem: commands.GatewayDown | None = None,
) -> HttpResponse:
    charge = standing.charge
    choice = queries.choice_for(
        request.user,
        headers=request.headers,
        amount=charge.amount,
        wanted=standing.attempt.method if standing.attempt else "",
    )
    context = {
        "standing": standing,
        "charge": charge,
        # Money that came, and is no payment of an open charge: another amount.
        "others": queries.stray_attempts(charge),
        "choice": choice,
        "goes_on": _running(standing),
        "problem": problem.message if problem else "",
        "trouble": troubles.shown(
            problem.failure, charge, method=request.POST.get("method", "")
        )
        if problem
        else troubles.trouble_of(standing),
        "unheard": troubles.unheard_of(standing),
    }
    code = 503 if problem else 200
    return render(request, "payments/pay.html", context, status=code)


def _running(standing: Standing) -> str:
    """The page of the payment that is under way, to go on with it."""
    attempt = standing.attempt
    if standing.stage is not Stage.WAITING or attempt is None:
        return ""
    name = "payments:qr" if attempt.qr_payload else "payments:status"
    return reverse(name, args=[standing.charge.reference])


def _not_open(
    request: HttpRequest, charge: Charge, refusal: commands.ChargeNotOpen
) -> HttpResponse:
    """Paid, closed or being closed: the page says which, and where the money is."""
    charge.refresh_from_db(fields=["status"])
    is_paid = charge.status == Charge.Status.PAID
    duplicate = advice.BY_CODE["duplicate"].shown()
    paid_twice = f"{duplicate['text']} {duplicate['money']}"
    messages.info(request, paid_twice if is_paid else str(refusal.message))
    return redirect("payments:status", charge.reference)


def _unavailable(
    request: HttpRequest, charge: Charge, problem: commands.GatewayDown
) -> HttpResponse:
    standing = standing_of(charge, at=clock.now())
    return _choices(request, standing, problem=problem)

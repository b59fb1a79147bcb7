"""Where a bill is downloaded from, for as long as its ticket is good."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alipay_simulator import clock
from alipay_simulator.models import BillTicket

from . import accounts, trades
from .paper import account_no
from .period import Period
from .zipping import zipped

Files = Iterable[tuple[str, Iterable[bytes]]]

FILES: dict[str, Callable[..., Files]] = {
    "trade": trades.files,
    "signcustomer": accounts.files,
}
"""The kinds of bills there are."""


@require_GET
@never_cache
def download(request: HttpRequest) -> HttpResponseBase:
    """Write the bill out, any number of times while the ticket is good."""
    at = clock.now()
    ticket = (
        BillTicket.objects.select_related("seller")
        .filter(file_id=request.GET.get("fileId", ""), valid_until__gt=at)
        .first()
    )
    period = Period.read(ticket.bill_date) if ticket else None
    if ticket is None or period is None:
        return HttpResponse(
            "文件不存在或链接已过期。No such file, or the link is too old.\n",
            status=404,
            content_type="text/plain; charset=utf-8",
        )
    files = FILES[ticket.bill_type](ticket.seller, period, at=at)
    response = StreamingHttpResponse(
        zipped(files, at=at), content_type="application/zip"
    )
    name = f"{account_no(ticket.seller)}_{period.label}.csv.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

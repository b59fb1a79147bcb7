"""HTTP doors: evidence, for the two sides and the desk."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from escrow.disputes import queries
from escrow.disputes.evidence import file_of


@require_safe
@login_required
def evidence(request: HttpRequest, token: str) -> HttpResponseBase:
    """A picture behind a short-lived signed address made for this person."""
    row = queries.evidence_of_token(token, request.user)
    if row is None:
        raise Http404
    path = file_of(row.file)
    if not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"), content_type="image/webp", filename=f"{row.reference}.webp"
    )
    response["Cache-Control"] = "private, no-store"
    return response

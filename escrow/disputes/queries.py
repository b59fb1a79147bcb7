"""All reads of disputes that others need."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.urls import reverse

from escrow.disputes.models import Dispute, Evidence

SALT = "escrow.disputes.evidence"
# Real time, like every signature: the demo's clock does not age links.
LINK_SECONDS = 5 * 60


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture with an address that opens it for one person, for five minutes."""

    reference: str
    url: str
    by: Any
    added_at: datetime


def exhibits(dispute: Dispute, *, viewer: Any) -> list[Exhibit]:
    """The evidence of ``dispute`` for ``viewer``; nothing for a stranger."""
    if not may_see(dispute, viewer):
        return []
    rows = dispute.evidence.select_related("by")
    return [
        Exhibit(row.reference, evidence_url(row, viewer), row.by, row.added_at)
        for row in rows
    ]


def evidence_url(row: Evidence, viewer: Any) -> str:
    token = signing.dumps([row.reference, viewer.pk], salt=SALT)
    return reverse("disputes:evidence", args=[token])


def evidence_of_token(token: str, viewer: Any) -> Evidence | None:
    """What ``token`` opens, if it is fresh, theirs, and they still may see it."""
    try:
        reference, viewer_id = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    row = (
        Evidence.objects.select_related(
            "dispute__hold__charge", "dispute__hold__seller"
        )
        .filter(reference=reference)
        .first()
    )
    if row is None or viewer_id != viewer.pk or not may_see(row.dispute, viewer):
        return None
    return row


def may_see(dispute: Dispute, viewer: Any) -> bool:
    """The two sides and the desk; nobody else."""
    if not viewer.is_authenticated or not viewer.is_active:
        return False
    return viewer.is_staff or is_party(dispute, viewer)


def is_party(dispute: Dispute, person: Any) -> bool:
    """Whether the case is about this person's own money."""
    hold = dispute.hold
    parties = {dispute.opened_by_id, hold.charge.payer_id, hold.seller.user_id}
    return person.pk in parties

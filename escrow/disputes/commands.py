"""All writes of disputes: opened and withdrawn by the buyer, decided by the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from escrow import commands as escrow
from escrow.disputes import evidence, queries
from escrow.disputes.events import DisputesDecided
from escrow.disputes.lifecycle import DISPUTES
from escrow.disputes.models import Dispute, Evidence
from escrow.models import Hold
from kernel import events, references
from kernel.db import command
from kernel.errors import Refusal
from kernel.money import rounded

MAX_DISPUTES = 2
# Apps above come through this door only.
read_pictures = evidence.read_pictures


class CannotOpenDispute(Refusal):
    """The claim, the story or the evidence is not enough, or there were too many."""

    code = "cannot_open_dispute"


class CannotDecide(Refusal):
    """The decision lacks its reason, or is not about what is held."""

    code = "cannot_decide"


class OwnCase(Refusal):
    """Nobody decides about their own money."""

    code = "own_case"


@command
def open_dispute(
    *,
    hold: Hold,
    opened_by: Any,
    reason: str,
    claim: Money,
    story: str,
    pictures: Sequence[evidence.Picture],
    at: datetime,
) -> Dispute:
    """The buyer says that something is wrong: the release clock stands still.

    :param pictures: of :func:`read_pictures`, called before any transaction begins.
    :raises CannotOpenDispute: when ``claim`` is not part of what is held, a complaint
        about the goods shows no picture, or the hold had two disputes already.
    :raises escrow.commands.CannotChangeClock: unless the hold is held and its clock
        runs: nothing shipped yet, released meanwhile, or a dispute open already.
    """
    _require_sound(hold, reason=reason, claim=claim, story=story, pictures=pictures)
    hold = escrow.pause_release(hold=hold, at=at)
    if Dispute.objects.filter(hold=hold).count() >= MAX_DISPUTES:
        raise CannotOpenDispute(
            _("There were two disputes about this order already. Write to the desk.")
        )
    dispute = Dispute.objects.create(
        reference=references.new("DSP"),
        hold=hold,
        opened_by=opened_by,
        reason=reason,
        claim=claim,
        refund=Money(0, claim.currency),
        story=story.strip(),
        opened_at=at,
        decide_by=at + settings.DISPUTE_HARD_STOP,
    )
    _add_evidence(dispute, pictures, by=opened_by, at=at)
    return dispute


def _require_sound(
    hold: Hold,
    *,
    reason: str,
    claim: Money,
    story: str,
    pictures: Sequence[evidence.Picture],
) -> None:
    left = hold.left
    if reason not in Dispute.Reason.values:
        raise CannotOpenDispute(_("Choose what is wrong."))
    if not story.strip():
        raise CannotOpenDispute(_("Tell what happened."))
    if (
        claim.currency != left.currency
        or not 0 < claim.amount <= left.amount
        or claim != rounded(claim)
    ):
        raise CannotOpenDispute(_("Claim at most what you paid for this order."))
    if reason != Dispute.Reason.NOT_RECEIVED and not pictures:
        raise CannotOpenDispute(_("Add at least one picture that shows it."))


def _add_evidence(
    dispute: Dispute, pictures: Sequence[evidence.Picture], *, by: Any, at: datetime
) -> None:
    for picture in pictures:
        evidence.keep(picture)
    Evidence.objects.bulk_create(
        Evidence(
            reference=picture.reference,
            dispute=dispute,
            by=by,
            file=picture.path,
            sha256=picture.sha256,
            added_at=at,
        )
        for picture in pictures
    )


@command
def withdraw_dispute(*, dispute: Dispute, by: Any, at: datetime) -> Dispute:
    """The buyer takes it back: the clock runs on, for 72 hours at least.

    :raises kernel.errors.Refusal: when it is no longer open.
    """
    escrow.resume_release(hold=dispute.hold, at=at)
    DISPUTES.move([dispute.pk], "withdraw", at=at, by=by, decided_at=at)
    dispute.refresh_from_db()
    return dispute


@command
def decide_dispute(
    *,
    dispute: Dispute,
    refund: Money,
    ground: str,
    note: str,
    by: Any,
    at: datetime,
) -> Dispute:
    """The desk decides: ``refund`` back to the buyer, the rest to the seller. Final.

    :param ground: a reason code of :class:`Dispute.Ground`; :param note: why, for
        both sides; :param by: the desk's officer, or None for the hard stop (T13),
        whose ground says it all.
    :raises OwnCase: when the officer is the buyer or the seller.
    :raises CannotDecide: without a ground or, by an officer, a note.
    :raises escrow.commands.CannotSettle: when ``refund`` is not part of what is held.
    :raises escrow.commands.CannotChangeClock, kernel.lifecycle.CannotMove: when it
        was decided or withdrawn meanwhile.
    """
    if by is not None and queries.is_party(dispute, by):
        raise OwnCase(_("This is a case of your own: somebody else has to decide it."))
    if ground not in Dispute.Ground.values:
        raise CannotDecide(_("Choose the ground of the decision."))
    if by is not None and not note.strip():
        raise CannotDecide(_("Write down why: both sides read it."))
    action = outcome(dispute.hold, refund)
    # While the clock stands nobody can settle; the dispute's own row comes last, and
    # when it was decided meanwhile, all of this is undone.
    escrow.resume_release(hold=dispute.hold, at=at)
    hold = escrow.settle_hold(
        hold=dispute.hold, refund=refund, by=by, at=at, note=f"{dispute}: {ground}"
    )
    DISPUTES.move(
        [dispute.pk],
        action,
        at=at,
        by=by,
        note=note.strip(),
        refund=refund,
        ground=ground,
        decided_by=by,
        decided_at=at,
    )
    Dispute.objects.filter(pk=dispute.pk).update(note=note.strip())
    events.announce(DisputesDecided(frozenset({dispute.pk}), at))
    dispute.refresh_from_db()
    dispute.hold = hold
    return dispute


def outcome(hold: Hold, refund: Money) -> str:
    """The name of the move that a decision for ``refund`` makes."""
    if not refund.amount:
        return "release"
    return "refund" if refund == hold.left else "split"

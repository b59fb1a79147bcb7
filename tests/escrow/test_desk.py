"""The dispute desk, through its pages: read, decide in two steps, never edit."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from escrow import books as proof
from escrow import queries
from escrow.disputes.commands import OwnCase
from escrow.disputes.models import Dispute
from escrow.ledger.models import Account, Transfer
from escrow.models import Hold
from payments.models import Refund
from tests.escrow.builders import (
    _user,
    a_disputed_hold,
    books,
    cny,
    dana,
    decide,
    fresh,
    status,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ANSWERS = {"ground": "shared_fault", "note": "Both sides could have known better."}


@pytest.fixture(autouse=True)
def no_second_factor(settings):
    settings.DESK_SECOND_FACTOR = False


@pytest.fixture
def dispute(gateway):
    return a_disputed_hold(gateway)


@pytest.fixture
def desk(client):
    client.force_login(dana())
    return client


def page(row, act=""):
    options = row._meta
    name = f"admin:{options.app_label}_{options.model_name}_change"
    url = reverse(name, args=[row.pk])
    return url.replace("change/", f"{act}/") if act else url


def text(answer):
    return answer.content.decode()


def test_everything_to_judge_by_is_on_one_page(desk, dispute):
    answer = desk.get(page(dispute))

    shown = text(answer)
    assert answer.status_code == 200
    for wanted in (
        dispute.reference,
        dispute.hold.order_number,
        dispute.story,
        "mei@danbao.example",
        "bo@danbao.example",
        "/disputes/evidence/",
        f"capture:{dispute.hold.reference}",
        f"escrow:{dispute.hold.order_number}",
        "Refund in full",
        "Split the money",
        "Release to the seller",
    ):
        assert wanted in shown, wanted


def test_the_queue_shows_open_disputes_first(desk, dispute, gateway):
    done = decide(a_disputed_hold(gateway), "1.00")

    shown = text(desk.get(reverse("admin:disputes_dispute_changelist")))

    assert shown.index(dispute.reference) < shown.index(done.reference)


@pytest.mark.parametrize(
    ("act", "more", "state", "buyer", "seller"),
    [
        ("refund", {}, "resolved_refund", "100.00", "0.00"),
        ("split", {"refund": "40.00"}, "resolved_split", "40.00", "57.00"),
        ("release", {}, "resolved_release", "0.00", "95.00"),
    ],
)
def test_a_decision_is_asked_shown_and_made(
    act, more, state, buyer, seller, desk, dispute
):
    url = page(dispute, act)
    assert desk.get(url).status_code == 200
    before = books()

    preview = desk.post(url, ANSWERS | more)

    assert books() == before
    assert fresh(dispute).status == Dispute.Status.IN_MEDIATION
    settlement = preview.context["shown"]["settlement"]
    assert (settlement.buyer, settlement.seller) == (cny(buyer), cny(seller))
    assert 'name="confirm"' in text(preview)

    answer = desk.post(url, ANSWERS | more | {"confirm": "1"}, follow=True)

    assert answer.redirect_chain[-1][0] == page(dispute)
    assert "The decision is made." in text(answer)
    assert "Refund in full" not in text(answer)
    dispute = fresh(dispute)
    assert dispute.status == state
    assert dispute.decided_by == dana()
    assert (dispute.ground, dispute.note) == tuple(ANSWERS.values())
    assert proof.problems() == []
    posted = {
        (line.debit, line.credit, line.amount)
        for line in queries.money_of(dispute.hold).lines
        if line.act != "capture"
    }
    assert posted == set(settlement.postings)


@pytest.mark.parametrize(
    "answers",
    [
        {"ground": "", "note": "x", "refund": "1"},
        {"ground": "shared_fault", "note": " ", "refund": "1"},
        {"ground": "silence", "note": "x", "refund": "1"},
        ANSWERS | {"refund": "0"},
        ANSWERS | {"refund": "100"},
        ANSWERS | {"refund": "1.001"},
        ANSWERS | {"refund": "much"},
        ANSWERS | {"refund": "1e99999999"},
    ],
)
def test_an_incomplete_decision_is_asked_again(answers, desk, dispute):
    answer = desk.post(page(dispute, "split"), answers | {"confirm": "1"})

    assert answer.status_code == 200
    assert 'name="confirm"' not in text(answer)
    assert fresh(dispute).status == Dispute.Status.IN_MEDIATION
    assert not Refund.objects.exists()


def test_one_may_step_back_from_the_preview(desk, dispute):
    answer = desk.post(
        page(dispute, "split"), ANSWERS | {"refund": "40", "change": "1"}
    )

    assert 'name="confirm"' not in text(answer)
    assert "Both sides could have known better." in text(answer)


def test_a_decision_that_came_too_late_is_told_kindly(desk, dispute, monkeypatch):
    url = page(dispute, "split")
    stale = Dispute.objects.select_related("hold").get(pk=dispute.pk)
    decide(dispute, "100.00")
    before = books()
    assert "decided already" in text(desk.get(url, follow=True))

    # The page was asked for before the other decision, and confirmed after it.
    monkeypatch.setattr(
        "escrow.disputes.admin.DisputeAdmin.get_object", lambda *_args, **_more: stale
    )
    answer = desk.post(url, ANSWERS | {"refund": "40", "confirm": "1"})
    monkeypatch.undo()

    assert answer.status_code == 302
    assert books() == before
    assert "This is no longer possible" in text(desk.get(page(dispute)))


def test_nobody_without_the_right_decides(client, dispute):
    """A helper who may look at disputes, and nothing else."""
    helper = _user("ivy@danbao.example", "Ivy", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_dispute"))
    client.force_login(helper)

    shown = client.get(page(dispute))
    assert shown.status_code == 200
    assert "Refund in full" not in text(shown)
    for act in ("refund", "split", "release"):
        url = page(dispute, act)
        assert client.get(url).status_code == 403
        assert client.post(url, ANSWERS | {"confirm": "1"}).status_code == 403
    assert fresh(dispute).status == Dispute.Status.IN_MEDIATION


@pytest.mark.parametrize("side", ["buyer", "seller"])
def test_nobody_decides_a_case_of_their_own(client, dispute, side):
    parties = {"buyer": dispute.opened_by, "seller": dispute.hold.seller.user}
    officer = parties[side]
    officer.is_staff = officer.is_superuser = True
    officer.save()
    client.force_login(officer)
    before = books()

    shown = text(client.get(page(dispute)))
    assert "A case of your own" in shown
    assert "Refund in full" not in shown
    for act in ("refund", "split", "release"):
        answer = client.post(page(dispute, act), ANSWERS | {"confirm": "1"})
        assert answer.status_code == 302
        assert answer.url == page(dispute)
    with pytest.raises(OwnCase):
        decide(dispute, "40.00", by=officer)
    assert fresh(dispute).status == Dispute.Status.IN_MEDIATION
    assert status(dispute.hold) == Hold.Status.HELD
    assert books() == before


def test_others_are_told_of_no_own_case(desk, dispute):
    assert "A case of your own" not in text(desk.get(page(dispute)))


def test_the_desk_cannot_change_a_way_in(desk):
    """An address or a second factor set by hand would open anybody's account."""
    for path in ("account/emailaddress", "mfa/authenticator", "auth/group"):
        assert desk.get(f"{reverse('admin:index')}{path}/").status_code == 404


def test_shoppers_do_not_see_the_desk(client, dispute):
    client.force_login(dispute.opened_by)

    assert client.get(page(dispute)).status_code == 302
    assert client.post(page(dispute, "refund"), ANSWERS).status_code == 302
    assert fresh(dispute).status == Dispute.Status.IN_MEDIATION


@pytest.mark.parametrize("model", [Dispute, Hold, Account, Transfer])
def test_not_even_a_superuser_edits_a_row(model, desk, dispute):
    row = model.objects.first()
    options = model._meta
    admin = f"admin:{options.app_label}_{options.model_name}"
    listing = reverse(f"{admin}_changelist")

    assert desk.get(listing).status_code == 200
    assert desk.get(page(row)).status_code == 200
    assert desk.get(reverse(f"{admin}_add")).status_code == 403
    assert desk.post(page(row), {"status": "released"}).status_code == 403
    assert desk.post(reverse(f"{admin}_delete", args=[row.pk])).status_code == 403
    desk.post(
        listing, {"action": "delete_selected", "_selected_action": [row.pk], "post": 1}
    )
    assert model.objects.filter(pk=row.pk).exists()
    assert status(dispute.hold) == Hold.Status.HELD

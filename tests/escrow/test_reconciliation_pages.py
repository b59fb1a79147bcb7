"""The finance desk's pages on statements."""

from datetime import timedelta

import pgtrigger
import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from kernel.worklist.models import Task
from payments.reconciliation import commands, days
from payments.reconciliation.models import Day, Difference, Line, Statement
from tests.escrow import builders
from tests.escrow.builders import a_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(client, settings):
    settings.DESK_SECOND_FACTOR = False
    client.force_login(builders.dana())
    return client


@pytest.fixture
def day(gateway, clock):
    """One line matches, one is of another amount, one is nobody's."""
    paid = [builders.a_held_hold(gateway).charge.attempts.get() for _ in range(2)]
    today = days.day_of(clock.now)
    gateway.statements[today] = [
        a_line(paid[0]),
        a_line(paid[1], amount_minor=9_999),
        a_line(paid[0], number="NOT-OURS-1"),
    ]
    clock.set(days.ready_at(today))
    commands.reconcile(day=today, at=clock.now)
    return Day.objects.get()


def url(model, page, *args):
    name = f"admin:reconciliation_{model._meta.model_name}_{page}"
    return reverse(name, args=args)


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_of_days_says_how_each_stands(dana, day, clock):
    Day.objects.create(gateway="alipay", day=day.day + timedelta(days=1))

    page = text(dana.get(url(Day, "changelist")))

    assert "2 differences" in page
    assert "waiting" in page
    assert "CN¥299.99" in page  # theirs
    assert "CN¥200.00" in page  # ours


def test_the_page_of_a_day_leads_to_its_lines(dana, day):
    page = text(dana.get(url(Day, "change", day.pk)))

    asked = f"?statement__exact={day.statement_id}&amp;finding__exact=amount_differs"
    assert asked in page
    assert "CN¥99.99" in page
    lines = text(dana.get(url(Line, "changelist") + asked.replace("&amp;", "&")))
    wrong = Line.objects.get(finding="amount_differs")
    assert wrong.number in lines
    assert "NOT-OURS-1" not in lines


def test_pages_cost_the_same_whatever_they_show(
    dana, day, django_assert_max_num_queries
):
    for n in range(1, 20):
        Day.objects.create(gateway="alipay", day=day.day + timedelta(days=n))
    for page in (
        url(Day, "changelist"),
        url(Day, "change", day.pk),
        url(Line, "changelist"),
        url(Difference, "changelist"),
    ):
        with django_assert_max_num_queries(12):
            text(dana.get(page))


def test_a_difference_shows_both_sides_and_is_explained(dana, day):
    row = Difference.objects.get(finding="amount_differs")
    page = text(dana.get(url(Difference, "change", row.pk)))
    assert "CN¥99.99" in page
    assert "CN¥100.00" in page
    assert row.number in page
    task = Task.objects.get(key=f"statement_difference:{row.pk}")
    there = reverse("admin:worklist_task_change", args=[task.pk])
    assert url(Difference, "change", row.pk) in text(dana.get(there))

    name = "admin:reconciliation_difference_explain"
    answers = {"reason": "provider", "note": "it has apologised", "confirm": "1"}
    dana.post(reverse(name, args=[row.pk]), answers)

    row.refresh_from_db()
    assert (row.resolution, row.note) == ("explained", "it has apologised")
    assert row.closed_by == builders.dana()
    task.refresh_from_db()
    assert not task.is_open


def test_the_file_is_had_as_it_was_sent(dana, day):
    row = Statement.objects.get()

    answer = dana.get(reverse("admin:reconciliation_statement_file", args=[row.pk]))

    assert answer.content == bytes(row.raw)
    assert answer["Content-Disposition"].endswith(f'"alipay-{day.day}-1.zip"')


def test_fetching_again_is_asked_for(dana, day, clock):
    name = "admin:reconciliation_day_fetch_again"
    dana.post(reverse(name, args=[day.pk]), {"confirm": "1"})

    day.refresh_from_db()
    assert day.fetch_at == clock.now


def test_who_may_only_look_acts_on_nothing(client, settings, day):
    settings.DESK_SECOND_FACTOR = False
    viewer = builders._user("vera@danbao.example", "Vera", is_staff=True)
    seen = ("view_day", "view_difference")
    viewer.user_permissions.set(Permission.objects.filter(codename__in=seen))
    client.force_login(viewer)
    row = Difference.objects.first()

    assert client.get(url(Day, "changelist")).status_code == 200
    name = "admin:reconciliation_difference_explain"
    assert client.get(reverse(name, args=[row.pk])).status_code == 403
    again = reverse("admin:reconciliation_day_fetch_again", args=[day.pk])
    assert client.get(again).status_code == 403
    statement = Statement.objects.get()
    file = reverse("admin:reconciliation_statement_file", args=[statement.pk])
    assert client.get(file).status_code == 403
    client.force_login(builders.mei())
    assert client.get(url(Day, "changelist")).status_code == 302


def test_the_books_are_proved_on_a_page(dana, day):
    address = reverse("admin:escrow_hold_prove")
    page = text(dana.get(address))
    assert "Every rule holds" in page
    assert "psp_fees" in page

    with pgtrigger.ignore():
        Line.objects.filter(fee_minor=60).update(fee_minor=61)
    page = text(dana.get(address))
    assert "Some rules do not hold" in page
    assert "fees said 61 booked 60" in page

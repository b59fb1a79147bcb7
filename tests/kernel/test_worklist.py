"""Tasks: one per cause, closed once, by a person or by a later success."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kernel.worklist import commands, kinds
from kernel.worklist.models import Task
from tests.conftest import MORNING
from tests.escrow.builders import dana
from tests.escrow.racing import at_once
from tests.factories import a_person

pytestmark = pytest.mark.django_db

KIND = "set_aside"


def a_task(**options):
    return commands.open_task(**{"kind": KIND, "key": "one", "at": MORNING} | options)


def test_a_cause_is_one_task_until_it_is_closed():
    first, again = a_task(), a_task()
    assert first == again

    commands.close_task(task=first, by=dana(), note="mended", at=MORNING)

    assert a_task() != first


def test_it_waits_in_the_queue_of_its_kind_and_has_a_date():
    task = a_task()

    assert task.queue == Task.Queue.OPERATIONS
    assert task.due_at == MORNING + kinds.kind_of(KIND).within


def test_a_kind_that_nobody_registered_is_refused():
    with pytest.raises(KeyError):
        a_task(kind="whatever")
    assert not Task.objects.exists()


def test_it_is_closed_once():
    task = a_task()
    commands.close_task(task=task, by=dana(), note="mended", at=MORNING)

    with pytest.raises(commands.CannotCloseTask):
        commands.close_task(task=task, by=dana(), note="again", at=MORNING)

    task.refresh_from_db()
    assert task.closing_note == "mended"


def test_what_fails_again_is_tried_later_and_later():
    row = dana()
    waits = []
    for _ in range(4):
        commands.set_aside(sweep="some", row=row, error="no", at=MORNING)
        waits.append(Task.objects.get().retry_at - MORNING)

    day = timedelta(days=1)
    assert waits == [timedelta(hours=1), timedelta(hours=6), day, day]


def test_the_desk_lets_it_be_tried_now():
    commands.set_aside(sweep="some", row=dana(), error="no", at=MORNING)
    task = Task.objects.get()

    commands.retry_now(task=task, at=MORNING)

    task.refresh_from_db()
    assert task.retry_at == MORNING


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_who_find_the_same_cause_leave_one_task():
    for number in range(5):
        key = f"cause {number}"
        first, second = at_once(
            lambda key=key: a_task(key=key), lambda key=key: a_task(key=key)
        )
        assert first == second


class TestTheDesk:
    @pytest.fixture(autouse=True)
    def no_second_factor(self, settings, client):
        settings.DESK_SECOND_FACTOR = False
        client.force_login(dana())

    def page(self, task, act="change"):
        url = reverse("admin:worklist_task_change", args=[task.pk])
        return url.replace("change/", f"{act}/")

    def test_open_tasks_are_listed_and_say_what_they_mean(self, client):
        commands.set_aside(sweep="some", row=dana(), error="no <b>luck</b>", at=MORNING)
        task = Task.objects.get()

        listed = client.get(reverse("admin:worklist_task_changelist"))
        shown = client.get(self.page(task)).content.decode()

        assert b"A deadline could not be acted on" in listed.content
        assert "Its sweep has left this row out" in shown
        assert "no &lt;b&gt;luck&lt;/b&gt;" in shown
        assert "Try again now" in shown

    def test_it_is_closed_with_a_note(self, client):
        task = a_task()
        page = self.page(task, "close")

        client.post(page, {"note": "mended", "confirm": "yes"})

        task.refresh_from_db()
        assert (task.closing_note, task.closed_by) == ("mended", dana())
        listed = client.get(reverse("admin:worklist_task_changelist"))
        assert b"A deadline could not be acted on" not in listed.content

    def test_without_a_note_it_stays_open(self, client):
        task = a_task()

        client.post(self.page(task, "close"), {"note": " ", "confirm": "yes"})

        task.refresh_from_db()
        assert task.is_open

    def test_somebody_else_sees_nothing(self, client):
        client.force_login(a_person())
        assert client.get(self.page(a_task())).status_code in (302, 403, 404)

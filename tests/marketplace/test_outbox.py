"""Mails: one for every act that happened, none lost with the server, each sent once."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends import locmem
from django.db import transaction
from django.urls import reverse

from kernel import sweeps
from kernel.worklist.models import Task
from marketplace.notifications import commands, outbox
from marketplace.notifications.models import Letter, Notice
from tests.conftest import MORNING
from tests.escrow.builders import dana
from tests.escrow.racing import at_once
from tests.factories import a_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


class Carrier(locmem.EmailBackend):
    """A mail server that fails as the test says."""

    away = False
    refused = ()
    lost_after = None

    def open(self):
        if Carrier.away:
            raise ConnectionRefusedError("no server there")

    def send_messages(self, messages):
        (message,) = messages
        if set(message.to) & set(Carrier.refused):
            raise SMTPRecipientsRefused({message.to[0]: (550, b"no such person")})
        if Carrier.lost_after is not None and len(mail.outbox) >= Carrier.lost_after:
            raise SMTPServerDisconnected("gone")
        return super().send_messages(messages)


@pytest.fixture
def carrier(settings, monkeypatch):
    settings.MAIL_CARRIER = f"{__name__}.Carrier"
    for name in ("away", "refused", "lost_after"):
        monkeypatch.setattr(Carrier, name, getattr(Carrier, name))
    return Carrier


def tell(*people):
    news = [
        commands.News(person, "order_paid", "/orders/ORD-7/", {"number": "ORD-7"})
        for person in people
    ]
    return commands.notify(news=news, at=MORNING)


def send(**later):
    return sweeps.run("send_mails", at=MORNING + timedelta(**later))


def addresses():
    return sorted(letter.to[0] for letter in mail.outbox)


def test_a_mail_leaves_once(carrier):
    mei, lin = a_person("Mei"), a_person("Lin")
    tell(mei, lin)
    assert mail.outbox == []

    assert send() == 2
    assert send(days=30) == 0

    assert addresses() == sorted([mei.email, lin.email])
    assert not Letter.objects.exists()


def test_an_act_that_is_undone_writes_nothing(carrier):
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(a_person("Mei"))
        raise RuntimeError("the act fails after all")

    assert send() == 0
    assert not Notice.objects.exists()


def test_while_the_server_is_away_mails_wait(carrier, monkeypatch):
    people = [a_person(f"Mei{n}") for n in range(25)]
    tell(*people)
    carrier.away = True
    send()
    send(days=9)
    assert (mail.outbox, Letter.objects.count()) == ([], 25)
    assert not Task.objects.exists()
    carrier.away = False

    assert send(days=9, minutes=11) == 25

    assert addresses() == sorted(person.email for person in people)


def test_what_had_left_before_the_server_was_lost_is_not_sent_again(carrier):
    people = [a_person(f"Mei{n}") for n in range(5)]
    tell(*people)
    carrier.lost_after = 3
    send()
    assert (len(mail.outbox), Letter.objects.count()) == (3, 2)
    carrier.lost_after = None

    send(minutes=1)

    assert addresses() == sorted(person.email for person in people)


def test_a_refused_mail_does_not_keep_the_others(carrier):
    bad, good = a_person("Bad"), a_person("Good")
    tell(bad, good)
    carrier.refused = (bad.email,)

    send()

    assert addresses() == [good.email]
    letter = Letter.objects.get()
    assert letter.send_at == MORNING + outbox.PAUSES[0]
    assert "no such person" in letter.error


def test_refused_too_often_it_is_a_task_and_can_be_sent_again(
    carrier, client, settings
):
    mei = a_person("Mei")
    tell(mei)
    carrier.refused = (mei.email,)
    for days in range(len(outbox.PAUSES) + 3):
        send(days=2 * days)
    task = Task.objects.get()
    assert (task.kind, task.is_open) == ("mail_undeliverable", True)
    letter = Letter.objects.get()
    assert letter.send_at is None
    carrier.refused = ()
    settings.DESK_SECOND_FACTOR = False
    client.force_login(dana())
    assert (
        mei.email
        in client.get(
            reverse("admin:notifications_letter_change", args=[letter.pk])
        ).content.decode()
    )

    address = reverse("admin:notifications_letter_send_again", args=[letter.pk])
    client.post(address, {"confirm": "1"})

    send(days=40)
    assert addresses() == [mei.email]
    assert not Task.objects.filter(closed_at__isnull=True).exists()


def test_a_kill_between_the_server_and_the_commit_repeats_the_same_message_id(
    carrier, monkeypatch
):
    tell(a_person("Mei"))

    class Killed(BaseException):
        pass

    def kill(self, messages):
        locmem.EmailBackend.send_messages(self, messages)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Carrier, "send_messages", kill)
        with pytest.raises(Killed):
            send()
    assert send(minutes=1) == 0, "it is leased"

    assert send(minutes=10) == 1

    first, again = mail.outbox
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert send(days=1) == 0


def test_djangos_own_mails_take_the_same_way(carrier):
    send_mail("A subject", "A text", None, ["mei@danbao.example"])
    message = EmailMultiAlternatives("Another", "Text", to=["lin@danbao.example"])
    message.attach_alternative("<p>Text</p>", "text/html")
    message.send()
    assert mail.outbox == []

    send()

    plain, rich = mail.outbox
    assert (plain.subject, plain.body, plain.to) == (
        "A subject",
        "A text",
        ["mei@danbao.example"],
    )
    assert [(part[0], part[1]) for part in rich.alternatives] == [
        ("<p>Text</p>", "text/html")
    ]


def test_a_forgotten_password_does_not_need_the_mail_server(carrier, client):
    carrier.away = True
    mei = a_person("Mei")

    answer = client.post(reverse("account_reset_password"), {"email": mei.email})

    assert answer.status_code == 302
    assert Letter.objects.get().to == [mei.email]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(carrier):
    people = [a_person(f"Mei{n}") for n in range(30)]
    tell(*people)

    at_once(send, send, send)

    assert addresses() == sorted(person.email for person in people)

"""Profiles, address books, signing in and up; notices and their mails."""

import contextlib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from kernel import sweeps
from kernel.money import money
from marketplace.accounts import commands as people
from marketplace.accounts.models import Address, IdentityCheck, User
from marketplace.notifications import commands as notifications
from marketplace.notifications.models import Notice
from marketplace.notifications.texts import TEXTS
from tests.conftest import MORNING

from .builders import a_person

pytestmark = pytest.mark.django_db

PLACE = {
    "recipient": "Mei Lin",
    "phone": "+86 571 5550 0142",
    "line1": "8 Nowhere Lane",
    "line2": "",
    "city": "Hangzhou",
    "region": "",
    "postcode": "310000",
    "country": "CN",
}


@pytest.fixture
def mei(client):
    person = a_person()
    client.force_login(person)
    return person


class TestAddresses:
    def test_a_new_one_stands_in_the_book(self, client, mei):
        answer = client.post(reverse("people:address_add"), PLACE)

        assert answer.url == reverse("people:profile")
        assert "8 Nowhere Lane" in client.get(answer.url).content.decode()
        assert Address.objects.get().user == mei

    def test_it_leads_back_to_where_it_was_missing(self, client, mei):
        answer = client.post(
            reverse("people:address_add"), {**PLACE, "next": "/checkout/"}
        )
        assert answer.url == "/checkout/"

        answer = client.post(
            reverse("people:address_add"), {**PLACE, "next": "https://else.example/"}
        )
        assert answer.url == reverse("people:profile")

    def test_what_is_missing_is_said(self, client, mei):
        answer = client.post(reverse("people:address_add"), {**PLACE, "city": ""})

        assert "Please check the form" in answer.content.decode()
        assert not Address.objects.exists()

    @pytest.mark.parametrize("act", ["edit", "remove"])
    def test_somebody_elses_is_not_found(self, client, mei, act):
        theirs = Address.objects.create(user=a_person("Eve"), **PLACE)
        url = reverse(f"people:address_{act}", args=[theirs.pk])

        assert client.post(url, {**PLACE, "city": "Elsewhere"}).status_code == 404
        assert act == "remove" or client.get(url).status_code == 404
        theirs.refresh_from_db()
        assert theirs.city == "Hangzhou"

    def test_ones_own_can_be_changed_and_removed(self, client, mei):
        own = Address.objects.create(user=mei, **PLACE)

        client.post(
            reverse("people:address_edit", args=[own.pk]), {**PLACE, "city": "Suzhou"}
        )
        own.refresh_from_db()
        assert own.city == "Suzhou"

        client.post(reverse("people:address_remove", args=[own.pk]))
        assert not Address.objects.exists()

    @pytest.mark.parametrize("name", ["people:profile", "people:address_add"])
    def test_visitors_are_asked_to_sign_in(self, client, name):
        assert client.get(reverse(name)).url.startswith(reverse("account_login"))


def test_the_profile_changes_only_what_it_shows(client, mei):
    client.post(
        reverse("people:profile"),
        {
            "name": "Mei L.",
            "country": "DE",
            "account_kind": "company",
            "display_currency": "EUR",
            "language": "zh-hans",
            "verification": "verified_cn",
            "is_staff": "on",
            "email": "dana@danbao.example",
        },
    )

    after = User.objects.get(pk=mei.pk)
    assert (after.name, after.country, after.display_currency) == (
        "Mei L.",
        "DE",
        "EUR",
    )
    assert after.account_kind == User.Kind.COMPANY
    assert (after.is_staff, after.email) == (False, mei.email)
    assert after.verification == User.Verification.UNVERIFIED


class TestIdentity:
    @pytest.fixture
    def dana(self):
        return User.objects.create_superuser(
            "dana@people.example", "danbao-demo", name="Dana"
        )

    @pytest.fixture(autouse=True)
    def no_second_factor(self, settings):
        settings.DESK_SECOND_FACTOR = False

    def record(self, client, person, **answers):
        page = reverse("admin:accounts_user_change", args=[person.pk])
        fields = {"level": "verified_cn", "note": "ID card seen", "confirm": "1"}
        return client.post(page.replace("change/", "identity/"), fields | answers)

    def test_the_desk_records_it_with_a_reason(self, client, mei, dana, clock):
        client.force_login(dana)

        self.record(client, mei)

        mei.refresh_from_db()
        assert mei.verification == User.Verification.MAINLAND
        check = IdentityCheck.objects.get()
        assert (check.user, check.by, check.at) == (mei, dana, clock.now)
        assert (check.before, check.after) == ("unverified", "verified_cn")
        assert check.note == "ID card seen"
        client.force_login(mei)
        profile = client.get(reverse("people:profile")).content.decode()
        assert "verified in mainland China" in profile

    def test_without_a_reason_nothing_is_recorded(self, client, mei, dana):
        client.force_login(dana)

        self.record(client, mei, note="")

        mei.refresh_from_db()
        assert mei.verification == User.Verification.UNVERIFIED
        assert IdentityCheck.objects.count() == 0

    def test_nobody_checks_themselves(self, client, dana):
        client.force_login(dana)

        self.record(client, dana)

        dana.refresh_from_db()
        assert dana.verification == User.Verification.UNVERIFIED

    def test_the_same_again_is_refused(self, mei, dana, clock):
        for _time in range(2):
            told = {"level": "verified", "note": "passport", "at": clock.now}
            with contextlib.suppress(people.CannotVerify):
                people.record_identity(user=mei, by=dana, **told)
            mei.refresh_from_db()

        assert IdentityCheck.objects.count() == 1

    def test_no_person_without_the_right_may_record(self, client, mei):
        officer = a_person("eve@people.example")
        User.objects.filter(pk=officer.pk).update(is_staff=True)
        client.force_login(User.objects.get(pk=officer.pk))

        answer = self.record(client, mei)

        mei.refresh_from_db()
        assert answer.status_code == 403
        assert mei.verification == User.Verification.UNVERIFIED


class TestEntrance:
    def test_signing_up_keeps_name_and_language(self, client):
        client.post(
            reverse("account_signup"),
            {
                "email": "new@people.example",
                "name": "Xiao Wang",
                "password1": "a long quiet one",
                "password2": "a long quiet one",
            },
            headers={"accept-language": "zh-hans"},
        )

        new = User.objects.get(email="new@people.example")
        assert (new.name, new.language) == ("Xiao Wang", "zh-hans")

    @pytest.mark.parametrize("name", ["login", "signup", "logout", "reset_password"])
    def test_the_pages_are_ours(self, client, name):
        page = client.get(reverse(f"account_{name}"), follow=True).content.decode()
        assert "Danbao" in page

    def test_demo_people_are_shown_in_the_demo_only(self, client, settings):
        assert "mei@danbao" not in client.get(reverse("account_login")).content.decode()

        settings.DEMO = True
        page = client.get(reverse("account_login")).content.decode()
        for words in ("mei@danbao", "bo@danbao", "dana@danbao", "danbao-demo"):
            assert words in page


class TestNotices:
    def tell(self, person, kind="order_paid", **facts):
        at = facts.pop("at", MORNING)
        news = notifications.News(
            person, kind, "/orders/ORD-7/", {"number": "ORD-7", **facts}
        )
        (notice,) = notifications.notify(news=[news], at=at)
        return notice

    def test_every_kind_reads_in_both_languages(self, mei):
        for kind in TEXTS:
            notice = self.tell(mei, kind)
            for language in ("en", "zh-hans"):
                with translation.override(language):
                    assert notice.title
                    assert "ORD-7" in notice.line

    def test_an_unknown_kind_is_a_bug(self, mei):
        with pytest.raises(AssertionError):
            self.tell(mei, "no_such_kind")

    def test_a_missing_fact_leaves_its_place_empty(self, mei):
        notice = Notice.objects.create(
            user=mei, kind="order_paid", path="/", at=MORNING
        )
        assert notice.line.startswith("Order :")

    def test_money_and_moments_keep_their_value(self, mei):
        self.tell(mei, total=money("12.30", "CNY"), by=MORNING)

        facts = Notice.objects.get().facts
        assert facts["total"] == {"amount": "12.30", "currency": "CNY"}
        assert facts["by"] == {"moment": MORNING.isoformat()}

    def test_the_newest_stand_first_and_the_badge_counts_the_unread(self, client, mei):
        self.tell(mei, "order_paid")
        self.tell(mei, "order_shipped", at=MORNING + timedelta(days=1))

        page = client.get(reverse("notifications:list")).content.decode()

        assert page.index("on its way") < page.index("payment has arrived")
        assert 'class="tool__count">2<' in page

    def test_opening_one_marks_it_and_leads_on(self, client, mei):
        notice = self.tell(mei)

        answer = client.post(reverse("notifications:open", args=[notice.pk]))

        assert answer.url == "/orders/ORD-7/"
        notice.refresh_from_db()
        assert notice.read_at

    def test_all_can_be_marked(self, client, mei):
        self.tell(mei)
        theirs = self.tell(a_person("Eve"))

        client.post(reverse("notifications:read_all"))

        assert list(Notice.objects.filter(read_at__isnull=True)) == [theirs]

    def test_somebody_elses_is_not_found(self, client, mei):
        theirs = self.tell(a_person("Eve"))
        answer = client.post(reverse("notifications:open", args=[theirs.pk]))
        assert answer.status_code == 404

    def test_a_mail_follows_in_the_readers_language(self, mei):
        mei.language = "zh-hans"
        mei.save()
        self.tell(mei)

        sweeps.run("send_mails", at=MORNING)

        (letter,) = mail.outbox
        assert letter.to == [mei.email]
        assert "http://testserver/orders/ORD-7/" in letter.body
        with translation.override("zh-hans"):
            assert letter.subject == Notice.objects.get().title

    def test_a_batch_costs_two_queries(self, mei, django_assert_num_queries):
        news = [
            notifications.News(mei, "order_paid", "/", {"number": str(n)})
            for n in range(40)
        ]
        with transaction.atomic(), django_assert_num_queries(2):
            notifications.notify(news=news, at=MORNING)

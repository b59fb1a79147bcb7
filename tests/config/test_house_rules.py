"""Rules of every request: kind refusals, plain addresses, the way back, the desk."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.factories import a_buyer, a_seller

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


def next_of(response):
    return parse_qs(urlsplit(response.url).query)["next"]


class TestPlainAddresses:
    @pytest.mark.parametrize(
        "path", ["/orders/%00/", "/pay/%00/", "/sell/orders/%00/", "/checkout/%00/"]
    )
    def test_a_nul_is_nowhere(self, client, path):
        client.force_login(a_seller().user)

        assert client.get(path).status_code == 404


class TestSigningInAgain:
    def test_a_press_leads_back_to_the_page_of_its_button(self, client):
        answer = client.post(
            reverse("orders:place"), headers={"referer": f"{HERE}/checkout/?a=1"}
        )

        assert urlsplit(answer.url).path == reverse("account_login")
        assert next_of(answer) == ["/checkout/?a=1"]

    @pytest.mark.parametrize("referer", ["", "https://elsewhere.example/checkout/"])
    def test_an_unknown_page_is_the_first_one(self, client, referer):
        answer = client.post(reverse("orders:place"), headers={"referer": referer})

        assert next_of(answer) == ["/"]

    def test_a_page_is_its_own_way_back(self, client):
        assert next_of(client.get(reverse("orders:list"))) == [reverse("orders:list")]


class TestRefusals:
    def refused(self, client, referer):
        """A press on "add" with a number that no cart takes."""
        sku = "no-such-line"
        return client.post(
            reverse("cart:accept"), {"sku": sku}, headers={"referer": referer}
        )

    def test_they_are_told_where_the_person_was(self, client):
        answer = self.refused(client, f"{HERE}/cart/")

        assert answer.status_code == 302
        assert answer.url == f"{HERE}/cart/"

    @pytest.mark.parametrize("referer", ["", "https://elsewhere.example/"])
    def test_nobody_is_sent_elsewhere(self, client, referer):
        answer = self.refused(client, referer)

        assert answer.status_code == 409
        assert "no longer in your cart" in answer.content.decode()


class TestDesk:
    def test_staff_need_a_second_factor(self, client, settings):
        settings.DESK_SECOND_FACTOR = True
        client.force_login(a_buyer("Dana", is_staff=True, is_superuser=True))

        answer = client.get("/desk/")

        assert answer.status_code == 302
        assert answer.url == reverse("mfa_activate_totp")

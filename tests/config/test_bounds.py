"""What a request may bring along, and what a slow reader may hold."""

import pytest
from django.conf import settings
from django.http import FileResponse
from django.test import RequestFactory
from django.urls import reverse

from config.middleware import WholeFilesMiddleware
from tests.doubles.gateway import gateway
from tests.factories import a_buyer, a_shipped_order, fresh
from tests.factories import a_picture as an_upload

__all__ = ["gateway"]

pytestmark = pytest.mark.django_db

USUAL = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
PICTURES = settings.EVIDENCE_MAX_FILES * settings.EVIDENCE_MAX_BYTES


def announced(client, path, size):
    """A POST that says it is ``size`` bytes long and sends one."""
    return client.generic("POST", path, b"x", CONTENT_LENGTH=str(size))


@pytest.mark.parametrize("path", ["/cart/add/", "/accounts/login/", "/desk/login/"])
def test_a_large_body_is_refused_by_its_announcement(client, path):
    answer = announced(client, path, USUAL + 1)

    assert answer.status_code == 413
    assert "no money has moved" in answer.content.decode()


def test_only_people_we_know_send_pictures(client):
    path = reverse("orders:dispute", args=["ORD-ANYTHING-1"])

    assert announced(client, path, USUAL + 1).status_code == 413
    client.force_login(a_buyer())
    assert announced(client, path, PICTURES).status_code != 413
    assert announced(client, path, 2 * PICTURES).status_code == 413


def test_one_picture_that_is_too_large_is_told_so_on_the_form(client, clock, gateway):
    order = a_shipped_order()
    client.force_login(order.buyer)
    picture = an_upload("lid.jpg")
    picture.write(bytes(settings.EVIDENCE_MAX_BYTES + 1))
    picture.seek(0)

    answer = client.post(
        reverse("orders:dispute", args=[order.number]),
        {
            "reason": "not_as_described.damaged",
            "claim": order.total.amount,
            "story": "Broken.",
            "pictures": [picture],
        },
    )

    assert "lid.jpg is larger than 20 MB." in answer.content.decode()
    assert fresh(order).status == order.status


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/shops/nobody/", "/orders/"])
def test_a_thousand_questions_are_not_understood(client, path):
    many = "&".join(f"q{n}=1" for n in range(1_001))

    assert client.get(f"{path}?{many}").status_code == 400


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3_000, "%F0%9F%98%80" * 300])
def test_a_picture_whose_name_is_no_name_is_not_found(client, name):
    assert client.get(f"/media/{name}").status_code == 404


def test_a_file_is_sent_in_one_piece(tmp_path):
    """Streamed, it would keep a thread for as long as somebody reads it slowly."""
    file = tmp_path / "goods.webp"
    file.write_bytes(b"x" * 100_000)
    opened = []

    def stream(_request):
        opened.append(file.open("rb"))
        return FileResponse(opened[0], content_type="image/webp")

    answer = WholeFilesMiddleware(stream)(RequestFactory().get("/"))

    assert not answer.streaming
    assert answer.content == b"x" * 100_000
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Length"] == "100000"
    assert opened[0].closed


def test_product_pictures_and_evidence_come_through_it(client, settings):
    picture = settings.MEDIA_ROOT / "goods" / "pot.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"RIFF")

    answer = client.get("/media/goods/pot.webp")

    assert (answer.status_code, answer.streaming) == (200, False)
    again = client.get(
        "/media/goods/pot.webp",
        headers={"If-Modified-Since": answer["Last-Modified"]},
    )
    assert again.status_code == 304

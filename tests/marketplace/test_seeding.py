"""The demo's seed: complete, once, and never over what is there."""

import pytest
from django.core.management import CommandError, call_command

from marketplace import queries
from marketplace.accounts.models import Address, Seller, User
from marketplace.models import Product, Variant
from marketplace.seeding import catalogue_data, people, planting
from marketplace.seeding.pictures import Picture

from .builders import MORNING, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def seed(**options):
    call_command("seed_demo", pictures=False, verbosity=0, **options)


def test_it_plants_everything_once(demo, clock):
    seed()
    first = {
        model: list(model.objects.order_by("pk").values())
        for model in (Product, Variant, Seller, User, Address)
    }
    clock.advance(days=3)

    seed()

    for model, rows in first.items():
        assert list(model.objects.order_by("pk").values()) == rows
    assert len(first[Product]) == len(catalogue_data.PRODUCTS)
    assert len(first[Seller]) == len(catalogue_data.SHOPS)


def test_the_demos_people_can_sign_in_and_are_who_they_are(demo, client):
    seed()

    for person in people.shown():
        answer = client.post(
            "/accounts/login/", {"login": person.email, "password": person.password}
        )
        assert answer.status_code == 302, person.email
        client.logout()
    mei, bo, dana = (User.objects.get(email=one.email) for one in people.shown())
    assert mei.addresses.count() == 2
    assert bo.seller.slug == catalogue_data.SHOPS[0].slug
    assert (dana.is_staff, mei.is_staff, bo.is_staff) == (True, False, False)


def test_something_is_low_and_something_is_sold_out(demo):
    seed()

    variants = list(Variant.objects.all())
    assert any(one.is_low for one in variants)
    assert any(one.available == 0 for one in variants)


def test_the_first_page_shows_many_shops_and_categories(demo):
    seed()

    page = queries.page_of(queries.products_for_list(), 1)

    assert len({one.category_id for one in page}) == len(catalogue_data.CATEGORIES)
    assert len({one.seller_id for one in page}) >= 5


def test_both_languages_find_the_seed(demo):
    seed()

    assert queries.products_for_list(text="teapot").count() >= 1
    assert queries.products_for_list(text="茶壶").count() >= 1


def test_an_older_seed_gets_only_what_it_lacks(demo):
    seed()
    product = Product.objects.first()
    Variant.objects.filter(product=product).update(on_hand=1)
    gone = Product.objects.exclude(pk=product.pk).first()
    gone.delete()

    seed()

    assert Product.objects.filter(slug=gone.slug).exists()
    assert set(product.variants.values_list("on_hand", flat=True)) == {1}


def test_an_owner_with_another_shop_keeps_it(demo):
    other = a_shop(user=User.objects.create_user(people.BO.email, name="Bo"))

    seed()

    assert User.objects.get(email=people.BO.email).seller == other
    assert not Seller.objects.filter(slug=planting.BOS_SHOP).exists()


def test_outside_the_demo_it_refuses(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError):
        seed()
    assert not User.objects.exists()


def test_pictures_are_painted_once_into_their_folders(monkeypatch, settings):
    pictures = [Picture("teapot", "celadon", "mist"), Picture("cup", "sky", "mist")]
    monkeypatch.setattr(catalogue_data, "pictures", lambda: iter(pictures))
    monkeypatch.setattr(
        planting,
        "render_many",
        lambda wanted: {one: {"96": b"s", "400": b"m", "800": b"l"} for one in wanted},
    )

    assert planting.paint() == 2
    assert planting.paint() == 0

    for size in queries.PICTURE_SIZES:
        url = queries.picture_url(planting.folder_of(pictures[0]), size)
        path = settings.MEDIA_ROOT / url.removeprefix("/media/")
        assert path.exists(), url


def test_listings_are_dated_before_now(demo, clock):
    seed()
    assert all(one.listed_at < MORNING for one in Product.objects.all())

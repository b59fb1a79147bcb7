"""Puts the demo's people, shops and goods into the database, and paints them.

What is there already stays as it is: a second run, or a run over the seed of an
older release, adds only what is missing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from kernel.db import command
from kernel.money import money, to_minor
from marketplace import commands, models
from marketplace.accounts.models import Address, Seller, User
from marketplace.coupons import queries as coupons
from marketplace.coupons.commands import Offer, make_coupon
from marketplace.seeding import catalogue_data as catalogue
from marketplace.seeding import people
from marketplace.seeding.people import Person
from marketplace.seeding.pictures import Picture, render_many

BOS_SHOP = catalogue.SHOPS[0].slug
SHOPS_OPENED = timedelta(days=500)
COUPONS_LAST = timedelta(days=90)
BETWEEN_LISTINGS = timedelta(hours=31)


@command
def plant(*, at: datetime) -> int:
    """Make everything that is missing; returns how many products were added."""
    users = _people(at)
    for place in people.MEIS_PLACES:
        fields = asdict(place)
        Address.objects.get_or_create(user=users[people.MEI.email], **fields)
    categories = _categories()
    sellers = _sellers(users, at)
    if BOS_SHOP in sellers:
        _coupons(sellers[BOS_SHOP], at)
    known = set(models.Product.objects.values_list("slug", flat=True))
    missing = [
        (position, product)
        for position, product in enumerate(_mixed(catalogue.PRODUCTS))
        if product.slug not in known and product.shop in sellers
    ]
    for position, product in missing:
        seller = sellers[product.shop]
        category = categories[product.category]
        listed_at = at - BETWEEN_LISTINGS * (position + 1)
        _list(product, seller, category, listed_at)
    return len(missing)


def _coupons(seller: Seller, at: datetime) -> None:
    """One of each kind: Bo's shop's, and the platform's for a first order."""
    ends_at = at + COUPONS_LAST
    shops = Offer(
        code="BO10",
        percent=10,
        minimum=money("0", seller.currency),
        starts_at=at,
        ends_at=ends_at,
    )
    ours = Offer(
        code="WELCOME15",
        amount=money("15.00", "CNY"),
        minimum=money("100.00", "CNY"),
        first_order_only=True,
        starts_at=at,
        ends_at=ends_at,
    )
    known = {one.code for one in coupons.by_code([shops.code, ours.code])}
    for offer, owner in ((shops, seller), (ours, None)):
        if offer.code not in known:
            make_coupon(offer=offer, seller=owner, by=None, at=at)


def paint() -> int:
    """Draw the pictures that are not on disk yet; returns how many were drawn."""
    missing = [one for one in catalogue.pictures() if not _is_painted(one)]
    if not missing:
        return 0
    for picture, files in render_many(missing).items():
        folder = Path(settings.MEDIA_ROOT) / folder_of(picture)
        folder.mkdir(parents=True, exist_ok=True)
        # The marker of a finished folder is its largest file, written last.
        for size in sorted(files, key=int):
            (folder / f"{size}.webp").write_bytes(files[size])
    return len(missing)


def folder_of(picture: Picture) -> str:
    """Where a picture's files live below MEDIA_ROOT; equal pictures share them."""
    return f"goods/{picture.object_name}-{picture.colour}-{picture.tint}"


def _is_painted(picture: Picture) -> bool:
    return (Path(settings.MEDIA_ROOT) / folder_of(picture) / "800.webp").exists()


def _people(at: datetime) -> dict[str, User]:
    """Everybody by e-mail address; all of them have the demo's password."""
    owners = [
        Person(
            shop.owner_email, shop.owner_name, shop.country, "", currency=shop.currency
        )
        for shop in catalogue.SHOPS
        if shop.slug != BOS_SHOP
    ]
    password = make_password(people.PASSWORD)
    users = {}
    for person in (*people.shown(), *owners):
        is_desk = person is people.DANA
        user, made = User.objects.get_or_create(
            email=person.email,
            defaults={
                "name": person.name,
                "country": person.country,
                "display_currency": person.currency,
                "language": person.language,
                "verification": person.verification,
                "password": password,
                "date_joined": at,
                "is_staff": is_desk,
                "is_superuser": is_desk,
            },
        )
        if made:
            EmailAddress.objects.create(
                user=user, email=user.email, verified=True, primary=True
            )
        if made and is_desk:
            user.groups.add(Group.objects.get_or_create(name="Desk")[0])
        users[person.email] = user
    return users


def _categories() -> dict[str, models.Category]:
    rows = {}
    for position, one in enumerate(catalogue.CATEGORIES):
        rows[one.slug], _made = models.Category.objects.get_or_create(
            slug=one.slug,
            defaults={
                "name_en": one.name_en,
                "name_zh": one.name_zh,
                "tint": one.tint,
                "position": position,
            },
        )
    return rows


def _sellers(users: dict[str, User], at: datetime) -> dict[str, Seller]:
    """Shops by slug; one whose owner has another shop already is left out."""
    rows = {row.slug: row for row in Seller.objects.all()}
    taken = {row.user_id for row in rows.values()}
    for number, shop in enumerate(catalogue.SHOPS):
        owner = users[people.BO.email if shop.slug == BOS_SHOP else shop.owner_email]
        if shop.slug in rows or owner.pk in taken:
            continue
        rows[shop.slug] = Seller.objects.create(
            slug=shop.slug,
            user=owner,
            name_en=shop.name_en,
            name_zh=shop.name_zh,
            about_en=shop.about_en,
            about_zh=shop.about_zh,
            country=shop.country,
            currency=shop.currency,
            shipping_minor=to_minor(money(shop.shipping, shop.currency)),
            opened_at=at - SHOPS_OPENED + timedelta(days=47) * number,
        )
    return rows


def _list(
    product: catalogue.Product,
    seller: Seller,
    category: models.Category,
    listed_at: datetime,
) -> None:
    commands.list_product(
        seller=seller,
        category=category,
        slug=product.slug,
        wording=commands.Wording(
            product.title_en,
            product.title_zh,
            product.description_en,
            product.description_zh,
        ),
        choices=[
            commands.Choice(
                key=one.key,
                name_en=one.name_en,
                name_zh=one.name_zh,
                colour=one.colour,
                picture=folder_of(catalogue.picture_of(product, one)),
                price=money(
                    Decimal(product.price) + Decimal(one.extra), seller.currency
                ),
                stock=one.stock,
            )
            for one in product.variants
        ],
        delivery=_DELIVERIES[product.shop],
        promised_days=product.promised_days,
        at=listed_at,
    )


_DELIVERIES = {shop.slug: shop.delivery for shop in catalogue.SHOPS}


def _mixed(products: Sequence[catalogue.Product]) -> Iterator[catalogue.Product]:
    """One of each category in turn: the first page shows what there is."""
    by_category: dict[str, list[catalogue.Product]] = {}
    for product in products:
        by_category.setdefault(product.category, []).append(product)
    rounds: Iterable[tuple[catalogue.Product | None, ...]]
    rounds = zip_longest(*by_category.values())
    return (product for round_ in rounds for product in round_ if product)

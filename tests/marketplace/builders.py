"""People, shops and goods for the tests of the shop."""

from itertools import count

from allauth.account.models import EmailAddress

from kernel.money import money
from marketplace import commands
from marketplace.accounts.models import Seller, User
from marketplace.models import Category, Product, Variant
from tests.conftest import MORNING

_numbers = count(1)


def a_person(name: str = "Mei", **fields) -> User:
    email = fields.pop("email", f"{name.lower()}{next(_numbers)}@people.example")
    person = User.objects.create_user(email, "a quiet password", name=name, **fields)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def a_shop(currency: str = "CNY", shipping_minor: int = 800, **fields) -> Seller:
    number = next(_numbers)
    names = {"name_en": f"Shop {number}", "name_zh": f"小店{number}"}
    return Seller.objects.create(
        user=fields.pop("user", None) or a_person("Bo"),
        slug=f"shop-{number}",
        country="CN",
        currency=currency,
        shipping_minor=shipping_minor,
        opened_at=MORNING,
        **{**names, **fields},
    )


def a_category(slug: str = "tea", **fields) -> Category:
    texts = {"name_en": slug.title(), "name_zh": "茶", "tint": "sage"}
    category, _ = Category.objects.get_or_create(
        slug=slug, defaults={**texts, **fields}
    )
    return category


def a_product(
    *prices: str,
    seller: Seller | None = None,
    category: Category | None = None,
    stock: int = 5,
    title: tuple[str, str] = ("A cup", "茶杯"),
    description: tuple[str, str] = ("For tea.", "喝茶用。"),
    at=MORNING,
    **fields,
) -> Product:
    seller = seller or a_shop()
    slug = fields.pop("slug", f"goods-{next(_numbers)}")
    return commands.list_product(
        seller=seller,
        category=category or a_category(),
        slug=slug,
        wording=commands.Wording(*title, *description),
        choices=[
            commands.Choice(
                key=f"v{position}",
                name_en=f"Choice {position}",
                name_zh=f"款式{position}",
                colour="jade",
                picture=f"goods/{slug}/{position}",
                price=money(price, seller.currency),
                stock=stock,
            )
            for position, price in enumerate(prices or ("100.00",))
        ],
        delivery=fields.pop("delivery", Product.Delivery.EXPRESS),
        promised_days=fields.pop("promised_days", 5),
        at=at,
    )


def a_variant(price: str = "100.00", **fields) -> Variant:
    product = a_product(price, **fields)
    return Variant.objects.select_related("product__seller").get(product=product)

"""Shops of platforms (直付通): the list, and registering one."""

from django.db.models import QuerySet

from alipay_simulator import clock
from alipay_simulator.control import show_people
from alipay_simulator.control.asked import Asked, NotFound
from alipay_simulator.control.doors import Fields
from alipay_simulator.models import Member, SubMerchant
from alipay_simulator.rules import shops


def search(fields: Fields) -> Fields:
    """List all shops."""
    Asked(fields)
    return {"shops": [show_people.shop(one) for one in every()]}


def every() -> QuerySet[SubMerchant]:
    """Return all shops with the platforms that registered them."""
    return SubMerchant.objects.select_related("shop", "platform").order_by("pk")


def register(fields: Fields) -> Fields:
    """Register a shop called ``name`` with a platform, by default the first seller."""
    asked = Asked(fields, "name", "name_zh", "platform_id")
    name, platform_id = asked.needed("name"), asked.text("platform_id")
    sellers = Member.objects.filter(is_seller=True).order_by("pk")
    if platform_id:
        sellers = sellers.filter(user_id=platform_id)
    platform = sellers.first()
    if platform is None:
        raise NotFound(f"no seller {platform_id}")
    made = shops.register(
        platform, name=name, name_zh=asked.text("name_zh"), at=clock.now()
    )
    return show_people.shop(made)

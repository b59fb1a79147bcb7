"""The demo's people. Nobody here exists; the addresses lead nowhere."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "danbao-demo"  # noqa: S105  (of the demo, shown on its sign-in page)


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    country: str
    role: str | Promise
    currency: str = "CNY"
    language: str = "en"
    verification: str = "unverified"
    password: str = PASSWORD


@dataclass(frozen=True)
class Place:
    """An address book entry, as the fields of :class:`accounts.models.Address`."""

    recipient: str
    phone: str
    line1: str
    line2: str
    city: str
    region: str
    postcode: str
    country: str


MEI = Person(
    "mei@danbao.example", "Mei Lin", "CN", _("Mei buys"), verification="verified_cn"
)
BO = Person("bo@danbao.example", "Bo Zhang", "CN", _("Bo sells"), language="zh-hans")
DANA = Person(
    "dana@danbao.example",
    "Dana Ortiz",
    "IE",
    _("Dana settles disputes at the desk"),
    verification="verified",
)

# The one added last is offered first.
MEIS_PLACES = (
    Place(
        recipient="Mei Lin",
        phone="+49 30 5550 0142",
        line1="Beispielweg 8",
        line2="c/o Nobody",
        city="Berlin",
        region="",
        postcode="10999",
        country="DE",
    ),
    Place(
        recipient="林梅",
        phone="+86 571 5550 0142",
        line1="无名巷 8 号",
        line2="3 幢 402 室",
        city="杭州市",
        region="浙江省",
        postcode="310000",
        country="CN",
    ),
)


def shown() -> list[Person]:
    """The people a visitor of the demo may sign in as."""
    return [MEI, BO, DANA]

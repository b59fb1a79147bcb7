"""Merchants and their apps: the list, a new one, and what can be set about one."""

import base64
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from alipay_simulator import cipher, connecting
from alipay_simulator.control import show_people
from alipay_simulator.control.asked import Asked, BadRequest, NotFound
from alipay_simulator.control.doors import Fields
from alipay_simulator.folder import DataFolder, write_private
from alipay_simulator.methods.registry import API, PAGES
from alipay_simulator.models import App, Event, Member
from alipay_simulator.money import MAX_FEN
from alipay_simulator.rules import merchants

METHODS = (*API, *PAGES)
NEW_KEY = "new"
"""What to set ``aes_key`` to for a fresh one."""


def search(fields: Fields) -> Fields:
    """List all apps."""
    Asked(fields)
    return {"apps": [show_people.app(app) for app in every()]}


def every() -> QuerySet[App]:
    """Return all apps with their sellers."""
    return App.objects.select_related("seller").order_by("pk")


def read(fields: Fields, app_id: str = "") -> Fields:
    """Tell one app; without ``app_id`` the first."""
    Asked(fields)
    return show_people.app(called(app_id))


def called(app_id: str) -> App:
    """Find an app; the first of all without a number."""
    found = (every().filter(app_id=app_id) if app_id else every()).first()
    if found is None:
        raise NotFound(f"no app {app_id}")
    return found


def add(fields: Fields) -> Fields:
    """Make an app called ``name`` with fresh keys, and its folder.

    It belongs to ``seller_id``, or to a new merchant called ``merchant``. With
    ``public_key`` the merchant keeps his own pair; otherwise one is made, and
    its private half is told this once.
    """
    asked = Asked(fields, "name", "seller_id", "merchant", "merchant_zh", "public_key")
    name = asked.needed("name")
    try:
        opened = _open(asked, name)
    except merchants.BadKey as error:
        raise BadRequest(str(error)) from None
    folder = DataFolder(settings.DATA)
    files = folder.app(opened.app.app_id)
    files.folder.mkdir(parents=True, mode=0o700)
    if opened.private_key:
        write_private(files.app_private_key, opened.private_key)
    write_private(files.app_public_key, opened.app.public_key)
    write_private(files.alipay_public_key, opened.app.alipay_public_key)
    connection = connecting.content(opened.app, files)
    files.write_app_json(connection)
    told = show_people.app(opened.app) | {
        "connect": connection,
        "alipay_public_key": opened.app.alipay_public_key,
    }
    if opened.private_key:
        told["app_private_key"] = opened.private_key
    return told


def _open(asked: Asked, name: str) -> merchants.Opened:
    """Make the app, and its merchant if he is new; both or neither."""
    key = asked.text("public_key", longest=4000)
    seller_id, merchant = asked.text("seller_id"), asked.text("merchant")
    if bool(seller_id) == bool(merchant):
        raise BadRequest("give seller_id, or the name of a new merchant")
    seller = Member.objects.filter(user_id=seller_id, is_seller=True).first()
    if seller_id and seller is None:
        raise NotFound(f"no seller {seller_id}")
    with transaction.atomic():
        if seller is None:
            seller = merchants.open_merchant(merchant, asked.text("merchant_zh"))
        return merchants.open_app(seller, name, key)


def change(fields: Fields, app_id: str = "") -> Fields:
    """Set what is given about an app; without ``app_id`` about the first."""
    asked = Asked(fields, *SETTABLE)
    app = called(app_id)
    changes = {
        _column(name): read_field(asked)
        for name, read_field in SETTABLE.items()
        if name in asked
    }
    App.objects.filter(pk=app.pk).update(**changes)
    app = called(app.app_id)
    if "aes_key" in asked:
        _publish(app)
    return show_people.app(app)


def _publish(app: App) -> None:
    files = connecting.files_of(app, DataFolder(settings.DATA))
    if files.folder.is_dir():
        files.write_app_json(connecting.content(app, files))


def _column(name: str) -> str:
    return "transfer_max_fen" if name == "transfer_max" else name


def _events(asked: Asked) -> list[str] | None:
    return asked.choices("notify_events", Event.values)


def _aes_key(asked: Asked) -> str:
    if asked.is_null("aes_key"):
        raise BadRequest("aes_key is a text")
    text = asked.text("aes_key")
    if text == NEW_KEY:
        return base64.b64encode(secrets.token_bytes(16)).decode()
    if text and not cipher.is_key(text):
        raise BadRequest(f'aes_key is base64 of 16 bytes, "{NEW_KEY}", or empty')
    return text


def _number(name: str, highest: int) -> Callable[[Asked], int]:
    def read_number(asked: Asked) -> int:
        number = asked.whole(name, 0, highest)
        if number is None:
            raise BadRequest(f"{name} is a whole number")
        return number

    return read_number


SETTABLE: dict[str, Callable[[Asked], Any]] = {
    "name": lambda asked: asked.needed("name"),
    "enabled": lambda asked: asked.flag("enabled"),
    "disabled_methods": lambda asked: asked.choices("disabled_methods", METHODS),
    # null: what is documented for each product.
    "notify_events": lambda asked: (
        None if asked.is_null("notify_events") else _events(asked)
    ),
    "aes_key": _aes_key,
    "fee_basis_points": _number("fee_basis_points", 10_000),
    "royalty_max_percent": _number("royalty_max_percent", 100),
    "transfer_max": lambda asked: asked.money("transfer_max", highest=MAX_FEN),
    "bills_wait": lambda asked: asked.flag("bills_wait"),
}
"""What can be set about an app, and how each is read."""

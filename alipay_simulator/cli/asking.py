"""Turning the words of a command line into the fields of a command."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alipay_simulator.control.asked import BadRequest, NotFound
from alipay_simulator.control.commands import (
    apps,
    faults,
    money,
    news,
    orders,
    people,
    shops,
    time,
    world,
)

Options = argparse.Namespace
Fields = dict[str, Any]


def ask(options: Options) -> Fields:
    """Run the command that the options name; tell what it tells."""
    key = options.command, getattr(options, "act", None)
    return COMMANDS[key](options)


def _given(**fields: Any) -> Fields:
    """Only what was said."""
    return {name: value for name, value in fields.items() if value is not None}


def _page(options: Options, **fields: Any) -> Fields:
    return _given(limit=options.limit, before=options.before, **fields)


def _pay(options: Options) -> Fields:
    fields = _given(
        out_trade_no=options.out_trade_no, buyer=options.buyer, app_id=options.app
    )
    return orders.pay(fields | {"with": options.way})


def _trades(options: Options) -> Fields:
    if options.number is not None:
        return orders.read(_given(app_id=options.app), options.number)
    fields = _page(
        options,
        q=options.search,
        state=options.state,
        buyer=options.buyer,
        app_id=options.app,
    )
    return orders.search(fields)


def _fault_on(options: Options) -> Fields:
    settings = _given(seconds=options.seconds, one_in=options.one_in)
    if options.one_by_one:
        settings["parallel"] = False
    fields = _given(
        kind=options.kind,
        out_trade_no=options.trade,
        app_id=options.app,
        method=options.method,
        times=options.times,
        options=settings or None,
    )
    return faults.switch_on(fields | ({"times": None} if options.until_off else {}))


def _fault_off(options: Options) -> Fields:
    if options.id == "all":
        return faults.switch_all_off({})
    if not options.id.isascii() or not options.id.isdigit():
        raise BadRequest("say the fault's number, or 'all'")
    return faults.switch_off({}, int(options.id))


def _add_app(options: Options) -> Fields:
    return apps.add(
        _given(
            name=options.name,
            seller_id=options.seller,
            merchant=options.merchant,
            merchant_zh=options.merchant_zh,
            public_key=_read(options.public_key),
        )
    )


def _read(file: Path | None) -> str | None:
    try:
        return file.read_text() if file else None
    except (OSError, UnicodeDecodeError):
        raise NotFound(f"{file} cannot be read") from None


def _set_app(options: Options) -> Fields:
    fields = _given(
        name=options.name,
        enabled=options.enabled,
        aes_key="" if options.aes_key == "none" else options.aes_key,
        fee_basis_points=options.fee_basis_points,
        royalty_max_percent=options.royalty_max_percent,
        transfer_max=options.transfer_max,
        bills_wait=options.bills_wait,
    )
    if options.disable is not None:
        fields["disabled_methods"] = _words(options.disable, "none")
    if options.notify is not None:
        own = options.notify != "documented"
        fields["notify_events"] = _words(options.notify, "none") if own else None
    return apps.change(fields, options.app_id)


def _words(text: str, nothing: str) -> list[str]:
    return [] if text == nothing else text.split(",")


COMMANDS: dict[tuple[str, str | None], Callable[[Options], Fields]] = {
    ("pay", None): _pay,
    ("trades", None): _trades,
    ("refunds", None): lambda said: money.refunds(_page(said)),
    ("transfers", None): lambda said: money.transfers(_page(said)),
    ("bank", None): lambda said: money.read_bank(
        {"audit": "yes"} if said.audit else {}
    ),
    ("reset", None): lambda said: world.reset({"sure": said.yes}),
    ("clock", "show"): lambda said: time.read({}),
    ("clock", "advance"): lambda said: time.move({"advance_seconds": said.by}),
    ("clock", "set"): lambda said: time.move({"set": said.moment}),
    ("clock", "next"): lambda said: time.move({"to_next": True}),
    ("clock", "back"): lambda said: time.move({"back": True}),
    ("fault", "list"): lambda said: faults.read({}),
    ("fault", "kinds"): lambda said: faults.read({}),
    ("fault", "on"): _fault_on,
    ("fault", "off"): _fault_off,
    ("notify", "list"): lambda said: news.search(
        _page(said, out_trade_no=said.trade, state=said.state)
    ),
    ("notify", "resend"): lambda said: news.resend({}, said.id),
    ("notify", "pause"): lambda said: news.pause({"paused": True}),
    ("notify", "resume"): lambda said: news.pause({"paused": False}),
    ("people", "list"): lambda said: people.read({}),
    ("people", "show"): lambda said: people.one({}, said.who),
    ("people", "top-up"): lambda said: people.top_up(
        _given(amount=said.amount, account=said.account), said.who
    ),
    ("people", "standing"): lambda said: people.change(
        {"standing": said.standing}, said.who
    ),
    ("apps", "list"): lambda said: apps.search({}),
    ("apps", "show"): lambda said: apps.read({}, said.app_id),
    ("apps", "add"): _add_app,
    ("apps", "set"): _set_app,
    ("shops", "list"): lambda said: shops.search({}),
    ("shops", "add"): lambda said: shops.register(
        _given(name=said.name, name_zh=said.name_zh, platform_id=said.platform)
    ),
}

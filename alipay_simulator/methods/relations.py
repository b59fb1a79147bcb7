"""alipay.trade.royalty.*: who may be given shares, and how much."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import Receiver
from alipay_simulator.rules import numbered, relations
from alipay_simulator.rules.relations import Wanted

from . import accounts
from .call import Call
from .trade_state import is_safe

BIND = "alipay.trade.royalty.relation.bind"
UNBIND = "alipay.trade.royalty.relation.unbind"
MOST_AT_ONCE = 20
LARGEST_PAGE = 100

DONE = {"result_code": "SUCCESS"}


@transaction.atomic
def bind(call: Call) -> dict[str, Any]:
    """Bind 1 to 20 receivers, once per number."""
    return _change(
        call, BIND, lambda wanted: relations.bind(call.app.seller, wanted, at=call.at)
    )


@transaction.atomic
def unbind(call: Call) -> dict[str, Any]:
    """Bind them no longer, once per number."""

    def act(wanted: list[Wanted]) -> None:
        relations.unbind(call.app.seller, [one.member for one in wanted])

    return _change(call, UNBIND, act)


def _change(
    call: Call, method: str, act: Callable[[list[Wanted]], None]
) -> dict[str, Any]:
    number = call.text("out_request_no", 32, required=True)
    wanted = _wanted(call)

    def do() -> dict[str, Any]:
        act(wanted)
        return DONE

    asked = {
        "receivers": [[one.kind, one.account, one.name, one.memo] for one in wanted]
    }
    return numbered.once(call.app.seller, method, number, asked, do, at=call.at)


def _wanted(call: Call) -> list[Wanted]:
    listed = call.parts("receiver_list")
    if not listed:
        raise Refused("RECEIVER_LIST_EMPTY")
    if len(listed) > MOST_AT_ONCE:
        raise Refused("RECEIVER_LIST_OVERLOAD")
    return [_one(item) for item in listed]


def _one(item: Call) -> Wanted:
    kind = item.text("type", 32, required=True)
    if kind not in accounts.KINDS:
        raise Refused("INVALID_RECEIVER_TYPE")
    account = item.text("account", 100, required=True)
    name = item.text("name", 64, required=kind == "loginName")
    memo = item.text("memo", 64)
    member = accounts.find(item, kind, account)
    if member is None:
        unknown = "OPENID_APPID_NOT_MATCH" if kind == "openId" else "USER_NOT_EXIST"
        raise Refused(unknown)
    return Wanted(member, kind, account, name, memo)


def batch_query(call: Call) -> dict[str, Any]:
    """List bound receivers by pages."""
    call.text("out_request_no", 32)
    page, size = call.whole("page_num", 1), call.whole("page_size", 20)
    if page < 1:
        raise bad_field("page_num")
    if not 1 <= size <= LARGEST_PAGE:
        raise bad_field("page_size")
    everybody = relations.bound(call.app.seller)
    count = everybody.count()
    start = (page - 1) * size
    found = list(everybody[start : start + size]) if start < count else []
    return DONE | {
        "receiver_list": [_told(one) for one in found],
        "total_page_num": -(-count // size),
        "total_record_num": count,
        "current_page_num": page,
        "current_page_size": len(found),
    }


def _told(one: Receiver) -> dict[str, str]:
    told = {"type": one.kind, "account": one.account, "name": one.name}
    told["memo"] = one.memo
    return {name: text for name, text in told.items() if is_safe(text)}


def rate_query(call: Call) -> dict[str, Any]:
    """Tell how much of a trade may be given away, in percent."""
    return {
        "user_id": call.app.seller.user_id,
        "max_ratio": call.app.royalty_max_percent,
    }

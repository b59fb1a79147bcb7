"""alipay.trade.order.settle, .order.settle.query and .order.onsettle.query."""

from typing import Any

from django.db import transaction

from alipay_simulator.clock import on_wire
from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import Member, Settlement, Share, Trade
from alipay_simulator.money import to_yuan
from alipay_simulator.rules import numbered, people, splits, trades
from alipay_simulator.rules.splits import Mode, Part

from . import accounts
from .call import Call
from .settle_info import unsettled_fen

METHOD = "alipay.trade.order.settle"
SCENES = ("达人佣金", "平台服务费", "技术服务费", "其他")
MOST_RECEIVERS = {Mode.SYNC: 5, Mode.ASYNC: 50}


@transaction.atomic
def settle(call: Call) -> dict[str, Any]:
    """Give shares of a paid trade to bound receivers, once per number."""
    number = call.text("out_request_no", 64, required=True)
    trade_no = call.text("trade_no", 64, required=True)
    call.text("operator_id", 64)
    mode = Mode(call.choice("royalty_mode", list(Mode), Mode.SYNC))
    listed = call.parts("royalty_parameters")
    if not 1 <= len(listed) <= MOST_RECEIVERS[mode]:
        raise bad_field("royalty_parameters")
    asked = [_asked(item) for item in listed]
    extend = call.part("extend_params")
    finishes = extend is not None and extend.flag("royalty_finish")

    def give() -> dict[str, Any]:
        trade = _trade(call, trade_no)
        splits.require_splittable(trade, mode, at=call.at)
        parts = [_part(item, trade) for item in listed]
        made = splits.settle(
            call.app,
            trade,
            parts,
            out_request_no=number,
            mode=mode,
            finishes=finishes,
            at=call.at,
        )
        return {"trade_no": trade_no, "settle_no": made.settle_no}

    whole = {
        "trade_no": trade_no,
        "mode": mode.value,
        "finish": finishes,
        "parts": asked,
    }
    return numbered.once(call.app.seller, METHOD, number, whole, give, at=call.at)


def _trade(call: Call, trade_no: str) -> Trade:
    trade = trades.find(call.app.seller, trade_no=trade_no, out_trade_no="")
    if trade is None:
        raise Refused("TRADE_NOT_EXIST")
    return trade


def _asked(item: Call) -> dict[str, Any]:
    """Read one of the ``royalty_parameters`` as far as it stands for itself."""
    percent = item.whole("amount_percentage", 0)
    amount_fen = item.money("amount") if "amount" in item else 0
    if not amount_fen and not 1 <= percent <= 100:
        raise bad_field("amount")
    sides = {
        f"{name}{what}": item.text(f"{name}{what}", 128)
        for name in ("trans_out", "trans_in")
        for what in ("", "_type")
    }
    return sides | {
        "royalty_type": item.choice("royalty_type", Share.Kind.values, "transfer"),
        "amount_fen": amount_fen,
        "percent": 0 if amount_fen else percent,
        "desc": item.text("desc", 1000),
        "royalty_scene": item.choice("royalty_scene", ("", *SCENES)),
        "trans_in_name": item.text("trans_in_name", 64),
    }


def _part(item: Call, trade: Trade) -> Part:
    """Find who gives and who gets: one of them is the trade's payee.

    :raises Refused: ``trans_out`` or, to replenish, ``trans_in`` is somebody else;
        or there is no such account.
    """
    asked = _asked(item)
    payee = trade.intent.payee
    kind = Share.Kind(asked["royalty_type"])
    gives = kind == Share.Kind.TRANSFER
    own_side, other_side = "trans_out", "trans_in"
    if not gives:
        own_side, other_side = other_side, own_side
    own = _member(item, own_side)
    if own not in (None, payee):
        raise bad_field(own_side)
    other = _member(item, other_side, required=True)
    assert other is not None  # it was required
    taker = other if gives else payee
    name = asked["trans_in_name"]
    if name and not people.is_called(taker, name):
        raise Refused("ROYALTY_ACCOUNT_NAME_NOT_MATCH")
    return Part(
        kind,
        other,
        asked["amount_fen"],
        asked["percent"],
        asked["desc"],
        asked["royalty_scene"],
    )


def _member(item: Call, side: str, *, required: bool = False) -> Member | None:
    account = item.text(side, 128, required=required)
    if not account:
        return None
    kinds = (*accounts.KINDS, "cardAliasNo")
    found = accounts.find(item, item.choice(f"{side}_type", kinds, "userId"), account)
    if found is None:
        # Nobody is bound whom nobody knows.
        is_taker = side == "trans_in"
        raise Refused(
            "ROYALTY_RECEIVER_INVALID" if is_taker else "ROYALTY_ACCOUNT_NOT_EXIST"
        )
    return found


def settle_query(call: Call) -> dict[str, Any]:
    """Tell what became of each part of one request."""
    made = _settlement(call)
    return {
        "out_request_no": made.out_request_no,
        "operation_dt": on_wire(made.created_at),
        "royalty_detail_list": [
            _detail(made, share)
            for share in made.shares.select_related("source__owner", "target__owner")
        ],
    }


def _settlement(call: Call) -> Settlement:
    settle_no = call.text("settle_no", 64)
    mine = Settlement.objects.filter(trade__intent__seller=call.app.seller)
    if settle_no:
        mine = mine.filter(settle_no=settle_no)
    else:
        mine = mine.filter(
            out_request_no=call.text("out_request_no", 64, required=True),
            trade__trade_no=call.text("trade_no", 64, required=True),
        )
    made = mine.first()
    if made is None:
        raise Refused("TRADE_NOT_EXIST")
    return made


def _detail(made: Settlement, share: Share) -> dict[str, str]:
    assert share.source.owner is not None  # people's accounts,
    assert share.target.owner is not None  # both of them
    told = {
        "operation_type": share.kind,
        "execute_dt": on_wire(made.created_at),
        "trans_out": share.source.owner.user_id,
        "trans_out_type": "userId",
        "trans_in": share.target.owner.user_id,
        "trans_in_type": "userId",
        "amount": to_yuan(share.amount_fen),
        "state": "FAIL" if share.error_code else "SUCCESS",
        "detail_id": share.detail_id,
    }
    if share.error_code:
        told["error_code"] = share.error_code
        told["error_desc"] = Refused(share.error_code).sub_msg
    return told


def onsettle_query(call: Call) -> dict[str, Any]:
    """Tell how much of a trade its payee may not use yet."""
    trade = _trade(call, call.text("trade_no", 64, required=True))
    trades.refresh(trade, at=call.at)
    return {"unsettled_amount": to_yuan(unsettled_fen(trade))}

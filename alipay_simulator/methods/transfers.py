"""alipay.fund.trans.uni.transfer, .trans.common.query and .account.query."""

import json
from collections.abc import Callable
from typing import Any

from alipay_simulator.clock import on_wire
from alipay_simulator.errors import Declined, bad_field
from alipay_simulator.models import Account, Member, Transfer
from alipay_simulator.money import MAX_FEN, to_fen, to_yuan
from alipay_simulator.rules import ledger, people, transfers
from alipay_simulator.rules.transfers import Payout

from .call import Call
from .families import of_funds
from .trade_state import is_safe

RED_PACKET = "STD_RED_PACKET"
PRODUCTS = ("TRANS_ACCOUNT_NO_PWD", RED_PACKET)
SCENES = ("DIRECT_TRANSFER",)
IDENTITY_TYPES = ("ALIPAY_USER_ID", "ALIPAY_LOGON_ID", "ALIPAY_OPEN_ID")

Status = Transfer.Status


@of_funds
def transfer(call: Call) -> dict[str, Any]:
    """Send money from the seller's balance to somebody, once per ``out_biz_no``."""
    made = transfers.send(call.app, _payout(call), at=call.at)
    fields = {
        "out_biz_no": made.out_biz_no,
        "order_id": made.order_id,
        "pay_fund_order_id": made.pay_fund_order_id,
        "status": made.status,
    }
    if made.ended_at is not None:
        fields["trans_date"] = on_wire(made.ended_at)
    return fields


def _payout(call: Call) -> Payout:
    payee_info = call.part("payee_info", required=True)
    assert payee_info is not None  # it was required
    product = call.choice("product_code", PRODUCTS)
    call.choice("biz_scene", SCENES)
    kind = payee_info.choice("identity_type", IDENTITY_TYPES)
    identity = payee_info.text("identity", 128, required=True)
    name = payee_info.text("name", 128, required=kind == "ALIPAY_LOGON_ID")
    amount_fen = _amount(call)
    texts: dict[str, Any] = {
        "out_biz_no": call.text("out_biz_no", 64, required=True),
        "order_title": call.text("order_title", 128),
        "remark": call.text("remark", 200),
        "passback_params": call.text("passback_params", 512),
        "business_params": _business_params(call),
        "transfer_scene_name": call.text("transfer_scene_name", 64),
        "transfer_scene_report_infos": _report(call),
    }
    find: dict[str, Callable[[str], Member | None]] = {
        "ALIPAY_USER_ID": people.by_user_id,
        "ALIPAY_LOGON_ID": people.by_logon_id,
        "ALIPAY_OPEN_ID": lambda text: people.by_open_id(call.app, text),
    }
    return Payout(
        out_biz_no=texts["out_biz_no"],
        amount_fen=amount_fen,
        payee=find[kind](identity),
        payee_name=name,
        is_red_packet=product == RED_PACKET,
        title=texts["order_title"],
        remark=texts["remark"],
        passback_params=texts["passback_params"],
        asked=texts
        | {
            "amount_fen": amount_fen,
            "product_code": product,
            "payee": [kind, identity, name],
        },
    )


def _amount(call: Call) -> int:
    fen = to_fen(call.biz.get("trans_amount"))
    if fen is None or fen < 1:
        raise bad_field("trans_amount")
    if fen > MAX_FEN:
        raise Declined("EXCEED_LIMIT_SM_AMOUNT")
    return fen


def _business_params(call: Call) -> str:
    """Read a JSON object, given as a text."""
    text = call.text("business_params", 2048)
    if text:
        try:
            is_object = isinstance(json.loads(text), dict)
        except (ValueError, RecursionError):
            is_object = False
        if not is_object:
            raise bad_field("business_params")
    return text


def _report(call: Call) -> list[list[str]]:
    return [
        [item.text("info_type", 64), item.text("info_content", 256)]
        for item in call.parts("transfer_scene_report_infos")
    ]


@of_funds
def query(call: Call) -> dict[str, Any]:
    """Tell what became of a transfer."""
    made = _find(call)
    transfers.refresh(made, at=call.at)
    fields = {
        "order_id": made.order_id,
        "pay_fund_order_id": made.pay_fund_order_id,
        "out_biz_no": made.out_biz_no,
        "trans_amount": to_yuan(made.amount_fen),
        "status": made.status,
        "order_fee": "0.00",
    }
    if made.status == Status.SUCCESS and made.ended_at is not None:
        fields["pay_date"] = on_wire(made.ended_at)
    if made.ends_at is not None:
        fields["arrival_time_end"] = on_wire(made.ends_at)
    if made.status == Status.FAIL:
        fields["error_code"] = made.error_code
        fields["fail_reason"] = Declined(made.error_code).sub_msg
    if is_safe(made.passback_params):
        fields["passback_params"] = made.passback_params
    return fields


def _find(call: Call) -> Transfer:
    """Find the transfer by the first of its three numbers that is given."""
    call.choice("product_code", ("", *PRODUCTS))
    call.choice("biz_scene", ("", *SCENES))
    known = Transfer.objects.select_related("payer", "payee")
    mine = {"payer": call.app.seller}
    for name in ("pay_fund_order_id", "order_id", "out_biz_no"):
        number = call.text(name, 64)
        if not number:
            continue
        found = known.filter(**{name: number}, **mine).first()
        if found is not None:
            return found
        if name != "out_biz_no" and known.filter(**{name: number}).exists():
            raise Declined("NO_ORDER_PERMISSION")
        raise Declined("ORDER_NOT_EXIST")
    raise bad_field("out_biz_no")


@of_funds
def account_query(call: Call) -> dict[str, Any]:
    """Tell what the seller may use, and what is held or frozen for him."""
    call.choice("account_type", ("ACCTRANS_ACCOUNT",), "ACCTRANS_ACCOUNT")
    seller = call.app.seller
    if call.text("alipay_user_id", 28) not in ("", seller.user_id):
        raise bad_field("alipay_user_id")
    return {
        "available_amount": _balance(ledger.merchant_account(seller)),
        "freeze_amount": _balance(ledger.held_account(seller)),
    }


def _balance(account: Account) -> str:
    return to_yuan(account.balance_fen)

"""alipay.data.dataservice.bill.downloadurl.query: where a statement can be had."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from alipay_simulator import ids
from alipay_simulator.bills import accounts, trades
from alipay_simulator.bills.paper import account_no
from alipay_simulator.bills.period import Period
from alipay_simulator.clock import BEIJING
from alipay_simulator.errors import Declined, bad_field
from alipay_simulator.models import BillTicket, Member, Move
from alipay_simulator.rules import faults, shops
from alipay_simulator.rules.faults import Kind

from .call import Call
from .families import of_bills

METHOD = "alipay.data.dataservice.bill.downloadurl.query"
TYPES = ("trade", "signcustomer")
VALID_FOR = dt.timedelta(seconds=30)
KEPT_FOR = dt.timedelta(days=6 * 365)


@of_bills
def download_url(call: Call) -> dict[str, Any]:
    """Give the address of a day's or a month's bill; it is good for 30 seconds."""
    bill_type = call.choice("bill_type", TYPES)
    bill_date = call.text("bill_date", 10, required=True)
    owner = _owner(call)
    period = Period.read(bill_date)
    if period is None or period.end > call.at:
        raise bad_field("bill_date")
    _require_there(call, period)
    fields = {"bill_download_url": _address(call, owner, bill_type, bill_date, period)}
    if _is_empty(bill_type, owner, period):
        fields["bill_file_code"] = "EMPTY_DATA_WITH_BILL_FILE"
    return fields


def _owner(call: Call) -> Member:
    """Whose bill it is: the seller's, or that of his shop ``smid``."""
    smid = call.text("smid", 20)
    if not smid:
        return call.app.seller
    shop = shops.of_platform(call.app.seller, smid)
    if shop is None:
        raise bad_field("smid")
    return shop.shop


def _require_there(call: Call, period: Period) -> None:
    """:raises Declined: there was nobody to bill yet, or the bill is not ready."""
    # The first money was issued when the simulator was made, and its seller.
    first = Move.objects.order_by("pk").values_list("moved_at", flat=True).first()
    is_before = first is None or period.end <= _midnight(first)
    is_forgotten = period.start < call.at - KEPT_FOR
    waits = call.app.bills_wait and period.ready_at() > call.at
    if is_before or is_forgotten or waits or _is_struck(call):
        raise Declined("isp.bill_not_exist")


def _midnight(at: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(at.astimezone(BEIJING).date(), dt.time.min, BEIJING)


def _is_struck(call: Call) -> bool:
    fault = faults.take(Kind.BILL_NOT_READY, at=call.at, app=call.app, method=METHOD)
    return fault is not None


@transaction.atomic
def _address(
    call: Call, owner: Member, bill_type: str, bill_date: str, period: Period
) -> str:
    BillTicket.objects.filter(valid_until__lte=call.at).delete()
    ticket = BillTicket.objects.create(
        file_id=ids.pay_order_id(),
        seller=owner,
        bill_type=bill_type,
        bill_date=bill_date,
        valid_until=call.at + VALID_FOR,
    )
    asked = {
        "bizType": bill_type,
        "userId": account_no(owner),
        "fileType": "csv.zip",
        "bizDates": period.label,
        "downloadFileName": f"{account_no(owner)}_{period.label}.csv.zip",
        "fileId": ticket.file_id,
    }
    return f"{settings.BASE_URL}{reverse('bill')}?{urlencode(asked)}"


def _is_empty(bill_type: str, owner: Member, period: Period) -> bool:
    source = trades if bill_type == "trade" else accounts
    return next(iter(source.lines(owner, period)), None) is None

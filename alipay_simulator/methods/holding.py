"""A platform's shop in an order, and to whom its held money is settled (直付通)."""

import re

from alipay_simulator.errors import Refused, bad_field
from alipay_simulator.models import Member, SubMerchant
from alipay_simulator.rules import shops

from .call import Call

LONGEST_PERIOD = 365
"""Days after which held money is settled by itself, unless the order says fewer."""

_PERIOD = re.compile(r"([1-9][0-9]{0,2})d")


def read_shop(call: Call, total_fen: int) -> tuple[SubMerchant | None, int | None]:
    """Read ``sub_merchant`` and ``settle_info``; neither goes without the other.

    Returns the shop and the days for which its money may be held at most.
    """
    named, info = call.part("sub_merchant"), call.part("settle_info")
    if named is None and info is None:
        return None, None
    if named is None:
        raise bad_field("sub_merchant")
    if info is None:
        raise bad_field("settle_info")
    shop = shops.of_platform(
        call.app.seller, named.text("merchant_id", 16, required=True)
    )
    if shop is None:
        raise Refused("SECONDARY_MERCHANT_ID_INVALID")
    detail = only_detail(info)
    if detail.money("amount") != total_fen:
        raise bad_field("amount")
    require_own_account(detail, shop.shop)
    return shop, _days(info)


def _days(info: Call) -> int:
    text = info.text("settle_period_time", 10)
    if not text:
        return LONGEST_PERIOD
    found = _PERIOD.fullmatch(text)
    if found is None or int(found.group(1)) > LONGEST_PERIOD:
        raise bad_field("settle_period_time")
    return int(found.group(1))


def only_detail(info: Call) -> Call:
    """Read the one entry of ``settle_detail_infos``."""
    details = info.parts("settle_detail_infos")
    if len(details) != 1:
        raise bad_field("settle_detail_infos")
    return details[0]


def require_own_account(detail: Call, shop: Member) -> None:
    """Check to whom is settled: a shop has one account here, and no bank cards.

    :raises Refused: somebody else is named.
    """
    kinds = ("defaultSettle", "userId", "loginName", "cardAliasNo")
    kind = detail.choice("trans_in_type", kinds)
    if kind == "defaultSettle":
        return
    account = detail.text("trans_in", 128, required=True)
    if kind == "cardAliasNo":
        raise Refused("SECONDARY_MERCHANT_CARD_ALIAS_NO_INVALID")
    if account != (shop.user_id if kind == "userId" else shop.logon_id):
        raise Refused("SECONDARY_MERCHANT_ALIPAY_ACCOUNT_INVALID")

"""Shops of a platform (直付通): registering them, and finding one by its number."""

import datetime as dt

from django.db import transaction

from alipay_simulator import ids
from alipay_simulator.models import Member, SubMerchant

from . import ledger, merchants


@transaction.atomic
def register(
    platform: Member, *, name: str, name_zh: str = "", smid: str = "", at: dt.datetime
) -> SubMerchant:
    """Open an account for a shop and register it with the platform.

    With the real one (``ant.merchant.expand.indirect.zft.…``) this takes papers and
    days; here it is done at once. Without an ``smid`` one is made.
    """
    shop = merchants.open_merchant(name, name_zh)
    ledger.held_account(shop)
    return SubMerchant.objects.create(
        smid=smid or ids.user_id(), platform=platform, shop=shop, created_at=at
    )


def of_platform(platform: Member, smid: str) -> SubMerchant | None:
    """Return the platform's shop of this number; others' do not exist for it."""
    known = SubMerchant.objects.select_related("shop", "platform")
    return known.filter(platform=platform, smid=smid).first()

"""Which methods there are."""

from collections.abc import Callable
from typing import Any

from . import (
    bills,
    confirming,
    create,
    pay_pages,
    precreate,
    refunds,
    relations,
    splits,
    trade_state,
    transfers,
)
from .call import Call

API: dict[str, Callable[[Call], dict[str, Any]]] = {
    "alipay.trade.precreate": precreate.precreate,
    "alipay.trade.create": create.create,
    "alipay.trade.query": trade_state.query,
    "alipay.trade.close": trade_state.close,
    "alipay.trade.cancel": trade_state.cancel,
    "alipay.trade.refund": refunds.refund,
    "alipay.trade.settle.confirm": confirming.confirm,
    "alipay.trade.order.settle": splits.settle,
    "alipay.trade.order.settle.query": splits.settle_query,
    "alipay.trade.order.onsettle.query": splits.onsettle_query,
    "alipay.trade.royalty.relation.bind": relations.bind,
    "alipay.trade.royalty.relation.unbind": relations.unbind,
    "alipay.trade.royalty.relation.batchquery": relations.batch_query,
    "alipay.trade.royalty.rate.query": relations.rate_query,
    "alipay.fund.trans.uni.transfer": transfers.transfer,
    "alipay.fund.trans.common.query": transfers.query,
    "alipay.fund.account.query": transfers.account_query,
    "alipay.data.dataservice.bill.downloadurl.query": bills.download_url,
    "alipay.trade.fastpay.refund.query": refunds.refund_query,
}
"""Called by servers; the result is the fields of the answer's node."""

PAGES: dict[str, Callable[[Call], str]] = {
    "alipay.trade.page.pay": pay_pages.page_pay,
    "alipay.trade.wap.pay": pay_pages.wap_pay,
}
"""Opened by browsers; the result is the address to send them to."""

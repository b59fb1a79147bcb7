"""A platform whose merchant collects for a shop of its own (直付通)."""

from typing import Any

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Merchant

CONFIRM = "alipay.trade.settle.confirm"
PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"

Order = dict[str, Any]


class Platform:
    """One shop, new and with nothing in it; the bank knows it as ``shop``."""

    def __init__(self, merchant: Merchant, bank: Bank) -> None:
        self.merchant = merchant
        self.simulator = bank.simulator
        made = self.simulator.control("shops", {"name": "New shop"})
        self.smid: str = made["smid"]
        self.shop_id: str = made["user_id"]
        bank.aliases["shop"] = self.shop_id

    def in_trust(self, order: Order, period: str = "7d", **detail: Any) -> Order:
        """The same order, its money for the shop."""
        details = {"trans_in_type": "defaultSettle", "amount": order["total_amount"]}
        info = {"settle_period_time": period, "settle_detail_infos": [details | detail]}
        return order | {
            "sub_merchant": {"merchant_id": self.smid},
            "settle_info": info,
        }

    def sell(self, order: Order, period: str = "7d") -> str:
        """Have the order paid, its money held; return the trade's number."""
        self.merchant.call(PRECREATE, self.in_trust(order, period))
        return str(self.simulator.pay(order["out_trade_no"])["trade_no"])

    def confirm(
        self, trade_no: str, number: str, *, extend: Order | None = None, **detail: Any
    ) -> Answer:
        """Confirm receipt, by default of all of 88.88."""
        details = {"trans_in_type": "defaultSettle", "amount": "88.88"} | detail
        biz = {
            "out_request_no": f"{trade_no}{number}",
            "trade_no": trade_no,
            "settle_info": {"settle_detail_infos": [details]},
            "extend_params": extend,
        }
        return self.merchant.call(CONFIRM, biz)

    def unsettled(self, trade_no: str) -> tuple[str, list[tuple[str, str]]]:
        """What the query says is unsettled, and what became of the money."""
        biz = {"trade_no": trade_no, "query_options": ["trade_settle_info"]}
        info = self.merchant.call(QUERY, biz)["trade_settle_info"]
        details = [
            (item["operation_type"], item["amount"])
            for item in info["trade_settle_detail_list"]
        ]
        return info["trade_unsettled_amount"], details

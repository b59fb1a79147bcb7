"""Each kit moves money: creates, splits, sends; and reads the bill."""

from typing import Any

import httpx
import pytest

from tests.sdk.kits import Kit
from tests.simulator.bills import METHOD as BILL
from tests.simulator.bills import unzip
from tests.simulator.harness import Mailbox, Simulator

pytestmark = pytest.mark.xdist_group("sdk")

CREATE = "alipay.trade.create"
BIND = "alipay.trade.royalty.relation.bind"
SETTLE = "alipay.trade.order.settle"
TRANSFER = "alipay.fund.trans.uni.transfer"
TRANSFER_QUERY = "alipay.fund.trans.common.query"
REFUND = "alipay.trade.refund"
MEI = "2088722000000001"
JUN = "2088722000000003"

Order = dict[str, Any]


@pytest.fixture
def payout(simulator: Simulator, number: str) -> Order:
    """12.34 for Jun, who is known by name."""
    seller = simulator.app["seller_id"]
    simulator.control(f"people/{seller}/top_up", {"amount": "1000.00"})
    return {
        "out_biz_no": number,
        "trans_amount": "12.34",
        "product_code": "TRANS_ACCOUNT_NO_PWD",
        "biz_scene": "DIRECT_TRANSFER",
        "order_title": "结算",
        "payee_info": {"identity": JUN, "identity_type": "ALIPAY_USER_ID"},
    }


def test_a_created_trade_waits_for_its_buyer(
    kit: Kit, simulator: Simulator, mailbox: Mailbox, order: Order
) -> None:
    number = order["out_trade_no"]
    biz = order | {"buyer_id": MEI, "product_code": "JSAPI_PAY"}
    made = kit.call(CREATE, biz, notify_url=mailbox.url)
    found = kit.call("alipay.trade.query", {"trade_no": made["trade_no"]})
    simulator.pay(number)

    assert found["trade_status"] == "WAIT_BUYER_PAY"
    assert kit.is_genuine(dict(mailbox.wait_for(number)[0]))


def test_a_buyer_nobody_knows(kit: Kit, order: Order) -> None:
    node = kit.call(CREATE, order | {"buyer_id": "2088722999999999"})
    assert node["sub_code"] == "ACQ.BUYER_NOT_EXIST"


def test_a_share_is_given_once_and_fetched_back_with_a_refund(
    kit: Kit, simulator: Simulator, order: Order
) -> None:
    number = order["out_trade_no"]
    kit.call("alipay.trade.precreate", order)
    trade_no = simulator.pay(number)["trade_no"]
    receiver = {"type": "userId", "account": JUN}
    bound = kit.call(
        BIND, {"out_request_no": f"{number}B", "receiver_list": [receiver]}
    )
    share = {"trans_in": JUN, "trans_in_type": "userId", "amount": "8.00"}
    biz = {
        "out_request_no": f"{number}S",
        "trade_no": trade_no,
        "royalty_parameters": [share],
    }
    first, again = kit.call(SETTLE, biz), kit.call(SETTLE, biz)
    too_much = biz | {
        "out_request_no": f"{number}S2",
        "royalty_parameters": [share | {"amount": "20.00"}],
    }
    refused = kit.call(SETTLE, too_much)
    royalty = {"royalty_type": "transfer", "trans_out": JUN, "amount": "8.00"}
    back = {
        "out_trade_no": number,
        "refund_amount": "88.88",
        "refund_royalty_parameters": [royalty | {"trans_out_type": "userId"}],
    }
    refunded = kit.call(REFUND, back)

    assert bound["result_code"] == "SUCCESS"
    assert first["settle_no"] == again["settle_no"]
    assert refused["sub_code"] == "ACQ.ALLOC_AMOUNT_VALIDATE_ERROR"
    assert (refunded["fund_change"], refunded["refund_fee"]) == ("Y", "88.88")


def test_money_is_sent_once_and_asked_for(kit: Kit, payout: Order) -> None:
    first, again = kit.call(TRANSFER, payout), kit.call(TRANSFER, payout)
    other = kit.call(TRANSFER, payout | {"trans_amount": "12.35"})
    asked = {name: payout[name] for name in ("out_biz_no", "product_code", "biz_scene")}
    found = kit.call(TRANSFER_QUERY, asked)

    assert first["status"] == "SUCCESS"
    assert first["order_id"] == again["order_id"] == found["order_id"]
    assert found["trans_amount"] == "12.34"
    assert other["sub_code"] == "PAYMENT_INFO_INCONSISTENCY"


@pytest.mark.parametrize(
    ("change", "sub_code"),
    [
        ({"trans_amount": "0.09"}, "EXCEED_LIMIT_SM_MIN_AMOUNT"),
        ({"trans_amount": "100000.01"}, "EXCEED_LIMIT_SM_AMOUNT"),
        ({"trans_amount": "none"}, "INVALID_PARAMETER"),
        ({"biz_scene": "GIFT"}, "INVALID_PARAMETER"),
        ({"payee_info": {}}, "INVALID_PARAMETER"),
        (
            {
                "payee_info": {
                    "identity": "2088722999999999",
                    "identity_type": "ALIPAY_USER_ID",
                }
            },
            "PAYEE_NOT_EXIST",
        ),
        (
            {
                "payee_info": {
                    "identity": "jun1234@sandbox.com",
                    "identity_type": "ALIPAY_LOGON_ID",
                    "name": "别人",
                }
            },
            "PAYEE_USER_INFO_ERROR",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_money_that_cannot_be_sent(
    kit: Kit, payout: Order, change: Order, sub_code: str
) -> None:
    assert kit.call(TRANSFER, payout | change)["sub_code"] == sub_code


def test_a_transfer_nobody_made(kit: Kit, number: str) -> None:
    node = kit.call(TRANSFER_QUERY, {"out_biz_no": number})
    assert node["sub_code"] == "ORDER_NOT_EXIST"


def test_yesterdays_bill_is_fetched_and_read(
    kit: Kit, simulator: Simulator, order: Order
) -> None:
    number, today = order["out_trade_no"], f"{simulator.now():%Y-%m-%d}"
    kit.call("alipay.trade.precreate", order)
    simulator.pay(number)
    back = {"out_trade_no": number, "refund_amount": "8.88", "out_request_no": "R1"}
    kit.call(REFUND, back)
    unfinished = kit.call(BILL, {"bill_type": "trade", "bill_date": today})
    simulator.advance(86_400)

    made = kit.call(BILL, {"bill_type": "trade", "bill_date": today})
    details, _ = unzip(httpx.get(made["bill_download_url"], trust_env=False).content)

    assert unfinished["sub_code"] == "isv.invalid_arguments"
    rows = [row for row in details.rows if row["商户订单号"] == number]
    told = [(row["业务类型"], row["订单金额（元）"]) for row in rows]
    assert told == [("交易", "88.88"), ("退款", "-8.88")]


def test_there_is_no_bill_of_long_ago(kit: Kit) -> None:
    node = kit.call(BILL, {"bill_type": "trade", "bill_date": "2015-01-01"})
    assert node["sub_code"] == "isp.bill_not_exist"

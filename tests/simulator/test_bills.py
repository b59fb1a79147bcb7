"""What the bills say: trades, refunds, and every movement of the balance."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.bills import ask, fetch
from tests.simulator.harness import Merchant, Simulator

DAY = 86_400
JUN = "2088722000000003"
REFUND = "alipay.trade.refund"

TRADE_HEADER = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,"
    "操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,"
    "支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,"
    "卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
TRADE_SUMMARY = (
    "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,"
    "支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）"
)
ACCOUNT_HEADER = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,"
    "支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注"
)
ACCOUNT_SUMMARY = "类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）,总金额（元）"

Sell = Callable[..., str]


@pytest.fixture
def seller(simulator: Simulator, newcomer: Merchant) -> Merchant:
    """A merchant whose sales are the only ones in his bills; 0.6 % is charged."""
    app_id = newcomer.app["app_id"]
    simulator.control(f"apps/{app_id}", {"fee_basis_points": 60})
    return newcomer


@pytest.fixture
def sell(simulator: Simulator, seller: Merchant) -> Sell:
    def act(number: str, amount: str, **more: Any) -> str:
        order = {"out_trade_no": number, "total_amount": amount, "subject": "测试商品"}
        seller.call("alipay.trade.precreate", order | more)
        return str(simulator.pay(number)["trade_no"])

    return act


@pytest.fixture
def today(simulator: Simulator) -> str:
    """A Beijing day at whose noon the test begins: whatever it does is of this day."""
    simulator.advance(DAY)
    day = f"{simulator.now():%Y-%m-%d}"
    simulator.control("clock", {"set": f"{day}T12:00:00"})
    return day


def give_back(seller: Merchant, number: str, amount: str, request: str) -> None:
    biz = {"out_trade_no": number, "refund_amount": amount, "out_request_no": request}
    answer = seller.call(REFUND, biz | {"refund_reason": "不喜欢"})
    assert answer["fund_change"] == "Y"


def test_the_bill_of_trades_in_alipays_columns(
    simulator: Simulator, seller: Merchant, sell: Sell, today: str
) -> None:
    trade_no = sell("T1", "88.88", store_id="NJ_001", operator_id="op", terminal_id="t")
    simulator.advance(60)
    give_back(seller, "T1", "30.00", "R1")
    simulator.advance(60)
    sell("T2", "10.00", subject='a,b "c"\n#d', store_id="NJ_002")
    simulator.advance(DAY)

    details, summary = fetch(seller, "trade", today)

    pid, compact = seller.app["seller_id"], today.replace("-", "")
    assert details.name == f"{pid}0156_{compact}_业务明细.csv"
    assert summary.name == f"{pid}0156_{compact}_业务明细(汇总).csv"
    assert details.header == TRADE_HEADER.split(",")
    paid, refunded, second = details.rows
    assert paid["支付宝交易号"] == refunded["支付宝交易号"] == trade_no
    assert [row["业务类型"] for row in details.rows] == ["交易", "退款", "交易"]
    assert (paid["商户订单号"], paid["商品名称"]) == ("T1", "测试商品")
    assert (paid["门店编号"], paid["操作员"], paid["终端号"]) == ("NJ_001", "op", "t")
    assert paid["对方账户"] == "*美(mei***@sandbox.com)"
    assert paid["订单金额（元）"] == paid["商家实收（元）"] == "88.88"
    assert (paid["服务费（元）"], paid["分润（元）"]) == ("-0.53", "0.00")
    assert paid["完成时间"].startswith(f"{today} 12:")
    assert paid["退款批次号/请求号"] == ""
    assert refunded["商家实收（元）"] == "-30.00"
    assert refunded["退款批次号/请求号"] == "R1"
    assert refunded["备注"] == "不喜欢"
    assert refunded["服务费（元）"] == "0.00"
    assert second["商品名称"] == 'a,b "c" #d'


def test_the_sums_of_the_trailer_and_the_summary_are_those_of_the_rows(
    simulator: Simulator, seller: Merchant, sell: Sell, today: str
) -> None:
    for turn, amount in enumerate(("88.88", "0.01", "1000.00")):
        sell(f"T{turn}", amount, store_id=f"S{turn % 2}")
    give_back(seller, "T0", "8.88", "R1")
    give_back(seller, "T2", "1000.00", "R2")
    simulator.advance(DAY)

    details, summary = fetch(seller, "trade", today)

    year, month, day = today.split("-")
    assert details.comments[0] == "#支付宝业务明细查询"
    assert details.comments[1] == f"#账号：[{seller.app['seller_id']}0156]"
    assert details.comments[2].startswith(
        f"#起始日期：[{year}年{month}月{day}日 00:00:00]"
    )
    assert "业务明细列表" in details.comments[3]
    assert "业务明细列表结束" in details.comments[4]
    count, amount, _ = details.comment(
        r"#交易合计：(\d+)笔，商家实收共(.+)元，商家优惠共(.+)元"
    )
    paid = [row for row in details.rows if row["业务类型"] == "交易"]
    assert int(count) == len(paid) == 3
    assert Decimal(amount) == sum(Decimal(row["商家实收（元）"]) for row in paid)
    count, amount, _ = details.comment(
        r"#退款合计：(\d+)笔，商家实收退款共(.+)元，商家优惠退款共(.+)元"
    )
    assert (count, amount) == ("2", "-1008.88")
    assert details.comments[-1].startswith("#导出时间：[")

    assert summary.comments[0] == "#支付宝业务汇总查询"
    assert summary.header == TRADE_SUMMARY.split(",")
    assert [row["门店编号"] for row in summary.rows] == ["S0", "S1", "合计"]
    whole = summary.rows[-1]
    assert (whole["交易订单总笔数"], whole["退款订单总笔数"]) == ("3", "2")
    assert Decimal(whole["商家实收（元）"]) == details.sum("商家实收（元）")
    assert Decimal(whole["服务费（元）"]) == details.sum("服务费（元）")
    net = details.sum("商家实收（元）") + details.sum("服务费（元）")
    assert Decimal(whole["实收净额（元）"]) == net
    for column in ("交易订单总笔数", "订单金额（元）", "实收净额（元）"):
        parts = [Decimal(row[column]) for row in summary.rows[:-1]]
        assert sum(parts) == Decimal(whole[column])


def test_shares_stand_in_the_royalty_column(
    simulator: Simulator, seller: Merchant, sell: Sell, today: str
) -> None:
    trade_no = sell("T1", "100.00")
    receiver = {"type": "userId", "account": JUN}
    bind = {"out_request_no": "B1", "receiver_list": [receiver]}
    seller.call("alipay.trade.royalty.relation.bind", bind)
    share = {"trans_in": JUN, "amount": "20.00"}
    split = {"trade_no": trade_no, "royalty_parameters": [share]}
    seller.call("alipay.trade.order.settle", split | {"out_request_no": "S1"})
    back = {"trans_out": JUN, "amount": "5.00"}
    refund = {"out_trade_no": "T1", "refund_amount": "50", "out_request_no": "R1"}
    seller.call(REFUND, refund | {"refund_royalty_parameters": [back]})
    simulator.advance(DAY)
    late = {"out_request_no": "S2"} | {"royalty_parameters": [share | {"amount": "9"}]}
    assert seller.call("alipay.trade.order.settle", split | late)["code"] == "10000"

    details, summary = fetch(seller, "trade", today)

    assert [row["分润（元）"] for row in details.rows] == ["20.00", "-5.00"]
    # 50.00 received, 0.60 charged, 15.00 given away.
    assert summary.rows[-1]["实收净额（元）"] == "34.40"


@pytest.fixture
def busy_day(
    simulator: Simulator, seller: Merchant, sell: Sell, bank: Bank, today: str
) -> str:
    """A day on which money moves for every reason."""
    simulator.control(f"people/{seller.app['seller_id']}/top_up", {"amount": "7.00"})
    trade_no = sell("T1", "100.00")
    bind = {
        "out_request_no": "B1",
        "receiver_list": [{"type": "userId", "account": JUN}],
    }
    seller.call("alipay.trade.royalty.relation.bind", bind)
    split = {
        "out_request_no": "S1",
        "trade_no": trade_no,
        "royalty_parameters": [{"trans_in": JUN, "amount": "20.00"}],
    }
    seller.call("alipay.trade.order.settle", split)
    refund = {
        "out_trade_no": "T1",
        "refund_amount": "40.00",
        "out_request_no": "R1",
        "refund_royalty_parameters": [{"trans_out": JUN, "amount": "5.00"}],
    }
    seller.call(REFUND, refund)
    payout = {
        "out_biz_no": "P1",
        "trans_amount": "11.00",
        "product_code": "TRANS_ACCOUNT_NO_PWD",
        "biz_scene": "DIRECT_TRANSFER",
        "order_title": "结算款",
        "payee_info": {"identity": JUN, "identity_type": "ALIPAY_USER_ID"},
    }
    seller.call("alipay.fund.trans.uni.transfer", payout)
    simulator.advance(DAY)
    return today


def test_the_bill_of_the_account_tells_every_movement_with_its_balance(
    seller: Merchant, bank: Bank, busy_day: str
) -> None:
    details, summary = fetch(seller, "signcustomer", busy_day)

    pid, compact = seller.app["seller_id"], busy_day.replace("-", "")
    assert details.name == f"{pid}0156_{compact}_账务明细.csv"
    assert details.comments[0] == "#支付宝账务明细查询"
    assert details.header == ACCOUNT_HEADER.split(",")
    told = [
        (row["业务类型"], row["收入金额（+元）"], row["支出金额（-元）"])
        for row in details.rows
    ]
    assert told == [
        ("充值", "7.00", "0.00"),
        ("在线支付", "100.00", "0.00"),
        ("收费", "0.00", "-0.60"),
        ("交易分账", "0.00", "-20.00"),
        ("交易分账退回", "5.00", "0.00"),
        ("交易退款", "0.00", "-40.00"),
        ("转账", "0.00", "-11.00"),
    ]
    balance = Decimal(0)
    for row in details.rows:
        balance += Decimal(row["收入金额（+元）"]) + Decimal(row["支出金额（-元）"])
        assert Decimal(row["账户余额（元）"]) == balance
    assert balance == bank.has("newcomer", "merchant")
    assert len({row["账务流水号"] for row in details.rows}) == 7
    assert details.rows[1]["商户订单号"] == "T1"
    assert details.rows[1]["对方账号"] == "*美(mei***@sandbox.com)"
    assert details.rows[5]["备注"] == "R1"
    assert details.rows[6]["商户订单号"] == "P1"
    assert details.rows[6]["商品名称"] == "结算款"
    assert details.comment(r"#支出合计：(\d+)笔，共(.+)元") == ("4", "-71.60")
    assert details.comment(r"#收入合计：(\d+)笔，共(.+)元") == ("3", "112.00")

    assert summary.comments[0] == "#支付宝账务汇总查询"
    assert summary.header == ACCOUNT_SUMMARY.split(",")
    whole = summary.rows[-1]
    assert (whole["类型"], whole["总金额（元）"]) == ("合计", "40.40")
    for column in summary.header[1:]:
        parts = [Decimal(row[column]) for row in summary.rows[:-1]]
        assert sum(parts) == Decimal(whole[column])


def test_no_row_is_lost_or_told_twice_in_a_long_bill(
    simulator: Simulator, seller: Merchant, sell: Sell, today: str
) -> None:
    trade_no = sell("T1", "100.00")
    receiver = {"type": "userId", "account": JUN}
    bind = {"out_request_no": "B1", "receiver_list": [receiver]}
    seller.call("alipay.trade.royalty.relation.bind", bind)
    # 575 movements, 50 of them at the same moment.
    for turn, many in enumerate([25, *[50] * 11]):
        split = {
            "out_request_no": f"S{turn}",
            "trade_no": trade_no,
            "royalty_mode": "async",
            "royalty_parameters": [{"trans_in": JUN, "amount": "0.01"}] * many,
        }
        seller.call("alipay.trade.order.settle", split)
    simulator.advance(DAY)

    details, _ = fetch(seller, "signcustomer", today)

    shares = [row for row in details.rows if row["业务类型"] == "交易分账"]
    assert len({row["账务流水号"] for row in shares}) == len(shares) == 575
    assert details.rows[-1]["账户余额（元）"] == "93.65"  # 100.00 − 0.60 − 5.75


def test_the_next_day_begins_with_the_balance_of_the_day_before(
    simulator: Simulator, seller: Merchant, sell: Sell, busy_day: str
) -> None:
    sell("T9", "1.00")
    next_day = f"{simulator.now():%Y-%m-%d}"
    simulator.advance(DAY)
    details, _ = fetch(seller, "signcustomer", next_day)
    assert details.rows[0]["账户余额（元）"] == "41.40"


def test_a_month_holds_all_its_days(
    simulator: Simulator, seller: Merchant, sell: Sell, bank: Bank
) -> None:
    now = simulator.now()
    year, month = (now.year + 1, 1) if now.month == 12 else (now.year, now.month + 1)
    for turn, moment in enumerate(("01T00:00:00", "15T12:00:00", "28T23:59:00")):
        simulator.control("clock", {"set": f"{year}-{month:02}-{moment}"})
        sell(f"T{turn}", "10.00")
    simulator.advance(5 * DAY)
    sell("T9", "99.00")

    details, _ = fetch(seller, "trade", f"{year}-{month:02}")

    assert details.name.split("_")[1] == f"{year}{month:02}"
    assert [row["商户订单号"] for row in details.rows] == ["T0", "T1", "T2"]
    account, _ = fetch(seller, "signcustomer", f"{year}-{month:02}")
    assert account.sum("收入金额（+元）") == 30


def test_a_day_ends_at_midnight_in_beijing(
    simulator: Simulator, seller: Merchant, sell: Sell, today: str
) -> None:
    simulator.control("clock", {"set": f"{today}T23:59:50"})
    sell("T1", "1.00")
    simulator.advance(60)
    sell("T2", "2.00")
    simulator.advance(DAY)
    details, _ = fetch(seller, "trade", today)
    assert [row["商户订单号"] for row in details.rows] == ["T1"]


def test_a_day_without_movement_has_an_empty_bill(
    simulator: Simulator, seller: Merchant, today: str
) -> None:
    simulator.advance(DAY)
    for bill_type in ("trade", "signcustomer"):
        answer = ask(seller, bill_type, today)
        assert answer["bill_file_code"] == "EMPTY_DATA_WITH_BILL_FILE"
        details, summary = fetch(seller, bill_type, today)
        assert details.rows == []
        assert len(summary.rows) == 1
        assert details.comments[-1].startswith("#导出时间")


def test_letters_that_gbk_lacks_do_not_break_a_bill(
    simulator: Simulator, seller: Merchant, sell: Sell, today: str
) -> None:
    sell("T1", "1.00", subject="café 😀 ♥ ह")
    simulator.advance(DAY)
    [row] = fetch(seller, "trade", today)[0].rows
    assert row["商品名称"] == "café ? ? ?"


def test_a_shops_bill_is_had_by_its_number(
    simulator: Simulator, seller: Merchant, today: str
) -> None:
    asked = {"name": "New shop", "platform_id": seller.app["seller_id"]}
    smid = simulator.control("shops", asked)["smid"]
    detail = {"trans_in_type": "defaultSettle", "amount": "50.00"}
    order = {
        "out_trade_no": "Z1",
        "total_amount": "50.00",
        "subject": "x",
        "sub_merchant": {"merchant_id": smid},
        "settle_info": {"settle_detail_infos": [detail]},
    }
    seller.call("alipay.trade.precreate", order)
    trade_no = simulator.pay("Z1")["trade_no"]
    confirm = {
        "out_request_no": "C1",
        "trade_no": trade_no,
        "settle_info": {"settle_detail_infos": [detail]},
    }
    seller.call("alipay.trade.settle.confirm", confirm)
    simulator.advance(DAY)

    trades, _ = fetch(seller, "trade", today, smid=smid)
    account, _ = fetch(seller, "signcustomer", today, smid=smid)
    own, _ = fetch(seller, "signcustomer", today)

    assert [row["商户订单号"] for row in trades.rows] == ["Z1"]
    kinds = [row["业务类型"] for row in account.rows]
    assert kinds == ["交易结算", "收费"]
    assert account.rows[-1]["账户余额（元）"] == "49.70"
    assert own.rows == []

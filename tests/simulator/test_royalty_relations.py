"""Binding those who may be given shares of trades."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulator.bank import Bank
from tests.simulator.harness import Answer, Merchant
from tests.simulator.test_races import together

BIND = "alipay.trade.royalty.relation.bind"
UNBIND = "alipay.trade.royalty.relation.unbind"
LIST = "alipay.trade.royalty.relation.batchquery"

JUN = {"type": "userId", "account": "2088722000000003"}
POOR = {"type": "loginName", "account": "poor1234@sandbox.com", "name": "Wu Yu"}

Biz = dict[str, Any]


def bind(merchant: Merchant, number: str, *receivers: Biz, how: str = BIND) -> Answer:
    biz = {"out_request_no": number, "receiver_list": list(receivers)}
    return merchant.call(how, biz)


def bound(merchant: Merchant) -> list[str]:
    listed = merchant.call(LIST, {"page_size": "100"})
    return [one["account"] for one in listed["receiver_list"]]


@pytest.fixture(autouse=True)
def nobody_bound(merchant: Merchant, number: str) -> Iterator[None]:
    yield
    bind(merchant, f"off{number}", JUN, POOR, how=UNBIND)


def test_receivers_are_bound_listed_and_unbound(
    merchant: Merchant, number: str
) -> None:
    assert bind(merchant, number, JUN, POOR)["result_code"] == "SUCCESS"
    assert bound(merchant) == [JUN["account"], POOR["account"]]
    assert bind(merchant, number, JUN, how=UNBIND)["result_code"] == "SUCCESS"
    assert bound(merchant) == [POOR["account"]]


def test_the_list_comes_in_pages(merchant: Merchant, number: str) -> None:
    bind(merchant, number, JUN, POOR)
    page = merchant.call(LIST, {"page_num": 2, "page_size": 1, "out_request_no": "q"})

    assert page["receiver_list"] == [{**POOR}]
    assert (page["total_page_num"], page["total_record_num"]) == (2, 2)
    assert (page["current_page_num"], page["current_page_size"]) == (2, 1)
    beyond = merchant.call(LIST, {"page_num": 999999999, "page_size": 100})
    assert (beyond["receiver_list"], beyond["total_page_num"]) == ([], 1)


def test_repeats_and_others_under_one_number(merchant: Merchant, number: str) -> None:
    assert bind(merchant, number, JUN)["code"] == "10000"
    assert bind(merchant, number, JUN)["code"] == "10000"
    assert bind(merchant, number, POOR).refusal == "ACQ.DISCORDANT_REPEAT_REQUEST"
    # Bound already, under a new number, or unbound twice: no harm.
    assert bind(merchant, f"{number}b", JUN)["code"] == "10000"
    assert bind(merchant, number, POOR, how=UNBIND)["code"] == "10000"
    assert bound(merchant) == [JUN["account"]]


def test_one_bad_receiver_spoils_the_request(merchant: Merchant, number: str) -> None:
    wrong = {"type": "userId", "account": "2088999999999999"}
    assert bind(merchant, number, JUN, wrong).refusal == "ACQ.USER_NOT_EXIST"
    assert bound(merchant) == []
    # Nothing was done, so the number is free.
    assert bind(merchant, number, JUN)["code"] == "10000"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"type": "cardAliasNo"}, "INVALID_RECEIVER_TYPE"),
        ({"type": None}, "INVALID_PARAMETER"),
        ({"account": ""}, "INVALID_PARAMETER"),
        ({"account": "x" * 101}, "INVALID_PARAMETER"),
        ({"name": "x" * 65}, "INVALID_PARAMETER"),
        ({"name": "Somebody Else"}, "USERNAME_NOT_MATCH"),
        ({"type": "loginName"}, "INVALID_PARAMETER"),
        ({"type": "openId"}, "OPENID_APPID_NOT_MATCH"),
    ],
)
def test_bad_receivers(
    merchant: Merchant, number: str, change: Biz, refusal: str
) -> None:
    assert bind(merchant, number, JUN | change).refusal == f"ACQ.{refusal}"


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("unverified", "RECEIVER_ACCOUNT_NOT_CERTIFY"),
        ("blocked", "RECEIVER_ACCOUNT_STATE_INVALID"),
    ],
)
def test_people_who_cannot_receive(
    merchant: Merchant, bank: Bank, number: str, who: str, refusal: str
) -> None:
    receiver = {"type": "userId", "account": bank.person(who)["user_id"]}
    assert bind(merchant, number, receiver).refusal == f"ACQ.{refusal}"


def test_a_name_may_be_in_either_writing_and_an_open_id_will_do(
    merchant: Merchant, bank: Bank, number: str
) -> None:
    open_id = bank.open_id("jun", merchant.app)
    by_open_id = {"type": "openId", "account": open_id}
    assert bind(merchant, number, JUN | {"name": "陈军"})["code"] == "10000"
    assert bind(merchant, f"{number}b", by_open_id)["code"] == "10000"
    assert bound(merchant) == [JUN["account"]]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"out_request_no": ""}, "INVALID_PARAMETER"),
        ({"out_request_no": "x" * 33}, "INVALID_PARAMETER"),
        ({"receiver_list": None}, "RECEIVER_LIST_EMPTY"),
        ({"receiver_list": []}, "RECEIVER_LIST_EMPTY"),
        ({"receiver_list": [JUN] * 21}, "RECEIVER_LIST_OVERLOAD"),
        ({"receiver_list": "jun"}, "INVALID_PARAMETER"),
        ({"receiver_list": ["jun"]}, "INVALID_PARAMETER"),
    ],
)
@pytest.mark.parametrize("method", [BIND, UNBIND])
def test_bad_requests(
    merchant: Merchant, number: str, method: str, change: Biz, refusal: str
) -> None:
    biz = {"out_request_no": number, "receiver_list": [JUN]}
    assert merchant.call(method, biz | change).refusal == f"ACQ.{refusal}"


@pytest.mark.parametrize(
    "biz",
    [
        {"page_num": 0},
        {"page_num": "x"},
        {"page_num": "-1"},
        {"page_num": 1.5},
        {"page_size": 101},
        {"page_size": 0},
        {"out_request_no": "x" * 33},
    ],
)
def test_bad_pages(merchant: Merchant, biz: Biz) -> None:
    assert merchant.call(LIST, biz).refusal == "ACQ.INVALID_PARAMETER"


def test_the_most_that_may_be_given_is_told(merchant: Merchant) -> None:
    told = merchant.call("alipay.trade.royalty.rate.query", {})
    assert told["user_id"] == merchant.app["seller_id"]
    assert told["max_ratio"] == 30


def test_equal_binds_at_once_bind_once(merchant: Merchant, number: str) -> None:
    answers: list[Answer] = together(lambda _: bind(merchant, number, JUN))
    assert {answer["code"] for answer in answers} == {"10000"}
    assert bound(merchant) == [JUN["account"]]

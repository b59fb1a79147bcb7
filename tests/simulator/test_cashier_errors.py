"""No page of the framework anywhere: whatever goes wrong, the simulator says it."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.simulator.browsing import CODES, PAGE_PAY, Browser, Page
from tests.simulator.harness import Merchant, Simulator, running_simulator

RIBBON = {"en": "SIMULATOR · no real money", "zh": "模拟器 · 非真实资金"}
A_PAGE = {"accept": "text/html,application/xhtml+xml;q=0.9"}


def told(response: httpx.Response, status: int, name: str) -> Page:
    """See that it is a page of ours, about this."""
    page = Page(response)
    assert response.status_code == status
    assert f'data-message="{name}"' in page.text
    assert page.headings == 1
    assert any(words in page.words for words in RIBBON.values())
    return page


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/cashier/nothing",
        "/cashier/nothing/pay",
        "/bax00000000000000000000",
        "/wallet/orders/2026112522001000000000000000",
        "/wallet/nothing",
        "/static/sim/nothing.css",
    ],
)
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "not known to this simulator"), ("zh", "没有这个二维码或地址")],
)
def test_unknown_addresses(
    browser: Browser, path: str, language: str, words: str
) -> None:
    browser.speak(language)
    page = told(browser.client.get(path, headers=A_PAGE), 404, "not_found")

    assert words in page.words
    assert RIBBON[language] in page.words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "no money has moved"), ("zh", "资金没有变动")],
)
def test_a_form_without_its_token(
    browser: Browser, cashier: Callable[..., str], language: str, words: str
) -> None:
    browser.speak(language)
    confirm = browser.sign_in(browser.open(cashier()), "mei")
    form = {"account": confirm.source("balance"), "pay_password": "111111"}
    here = str(confirm.response.url)

    page = told(browser.client.post(f"{here}/pay", data=form), 403, "csrf")

    assert words in page.words


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", "/wallet", "/wallet/sign-in", "/gateway.do"])
def test_a_wrong_method(browser: Browser, method: str, path: str) -> None:
    token = {"x-csrftoken": "x"}
    answer = browser.client.request(method, path, headers=A_PAGE | token)

    # A page's own token is asked for first; the gateway has none.
    assert answer.status_code in (403, 405)
    told(answer, answer.status_code, "csrf" if answer.status_code == 403 else "method")


def test_a_post_to_a_page_that_only_shows(
    browser: Browser, cashier: Callable[..., str]
) -> None:
    page = browser.open(cashier())
    _, hidden = page.form("/sign-in")
    answer = browser.client.post(page.response.url, data=hidden, headers=A_PAGE)

    told(answer, 405, "method")
    assert "GET" in answer.headers["allow"]


def test_programs_get_a_bare_refusal(simulator: Simulator) -> None:
    answer = simulator.http.put("/gateway.do", headers={"accept": "application/json"})

    assert answer.status_code == 405
    assert not answer.content


@pytest.mark.parametrize("act", ["sign-in", "pay", "leave"])
def test_looking_at_the_address_of_an_act_leads_back_to_the_order(
    browser: Browser, cashier: Callable[..., str], act: str
) -> None:
    here = str(browser.open(cashier()).response.url)
    page = browser.open(f"{here}/{act}")

    assert str(page.response.url) == here


def test_a_form_too_big_to_be_read(
    browser: Browser, cashier: Callable[..., str]
) -> None:
    page = browser.open(cashier())
    _, hidden = page.form("/sign-in")
    big = hidden | {"account": "a" * 1_100_000}

    told(
        browser.client.post(f"{page.response.url}/sign-in", data=big),
        400,
        "bad_request",
    )


@pytest.mark.parametrize(
    "nonsense",
    ["", "0", "-1", "９", "9" * 5000, "1e3", "1' OR 1=1", "\x00", "\ud7ff\uffff"],
)
def test_nonsense_in_the_forms_is_refused_kindly(
    browser: Browser, cashier: Callable[..., str], nonsense: str
) -> None:
    sign_in = browser.open(cashier(amount="1.00"))
    wrong = browser.submit(sign_in, "/sign-in", account=nonsense, password=nonsense)
    assert "do not match" in wrong.words

    confirm = browser.sign_in(sign_in, "mei")
    refused = browser.submit(confirm, "/pay", account=nonsense, pay_password="111111")
    assert "Choose a way to pay." in refused.words
    balance = confirm.source("balance")
    refused = browser.submit(confirm, "/pay", account=balance, pay_password=nonsense)
    assert "Wrong payment password" in refused.words
    browser.pay(confirm)  # so that the tries are forgotten


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Simulator]:
    """A simulator that somebody has sawn a table off."""
    with running_simulator(tmp_path / "data") as simulator:
        yield simulator


@pytest.mark.parametrize(
    ("language", "words"), [("en", "never paid twice"), ("zh", "不会重复扣款")]
)
def test_an_error_inside(broken: Simulator, language: str, words: str) -> None:
    merchant = Merchant(broken.app)
    biz = {"out_trade_no": "T1", "total_amount": "1.00", "subject": "x"}
    biz |= {"product_code": CODES[PAGE_PAY]}
    with broken.browser() as client:
        browser = Browser(client)
        browser.speak(language)
        page = browser.open(merchant.page_address(PAGE_PAY, biz))
        with sqlite3.connect(broken.data / "simulator.sqlite3") as database:
            saw = "ALTER TABLE alipay_simulator_entry RENAME TO sawn_off"
            database.execute(saw)

        failed = told(client.get(page.response.url), 500, "failed")

    assert words in failed.words

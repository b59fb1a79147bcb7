"""Asking the ECB: once when due, bounded, quiet when it fails, and never worse off."""

import threading
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import transaction
from django.urls import reverse

from kernel import sweeps
from kernel.worklist.models import Task
from marketplace.fx import fetching, queries, rates
from marketplace.fx.models import RatesFetch

from .ecb import TABLE, zipped

pytestmark = pytest.mark.django_db
TODAY = "2027-01-04,1.2000,180.00,N/A,0.9000,8.0000,0.35,\n"
NEWER = TABLE.replace("\n", f"\n{TODAY}", 1)
NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)


class Bank(BaseHTTPRequestHandler):
    """A web server that answers what the test wants, and counts."""

    def do_GET(self):
        self.server.asked += 1
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def open_bank():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bank)
    server.asked, server.answer = 0, (200, zipped(NEWER))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def bank(settings, tmp_path, clock):
    clock.set(NOON)
    settings.RATES_FILE = tmp_path / "rates" / "ecb.zip"
    settings.FX_OLD_AFTER = timedelta(days=5)
    with open_bank() as server:
        settings.RATES_URL = f"http://127.0.0.1:{server.server_port}/hist.zip"
        yield server


def sweep(clock) -> int:
    return sweeps.run("fetch_rates", at=clock.now)


def state() -> RatesFetch:
    row = queries.last_fetch()
    assert row is not None
    return row


def test_new_rates_are_used_at_once(bank, clock):
    assert queries.standing(clock.now).published_on < date(2027, 1, 4)

    assert sweep(clock) == 1

    now = queries.standing(clock.now)
    assert (now.published_on, now.is_old) == (date(2027, 1, 4), False)
    assert now.rates.cross("EUR", "CNY") == 8
    assert state().succeeded_at == clock.now
    assert state().due_at == clock.now + timedelta(hours=6)


def test_the_bank_is_asked_once_until_the_next_time(bank, clock):
    assert [sweep(clock) for _ in range(3)] == [1, 0, 0]
    clock.advance(hours=6)
    assert sweep(clock) == 1
    assert bank.asked == 2


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"no"),
        (301, b""),
        (200, b"<html>not a zip</html>"),
        (200, zipped("")),
        (200, zipped("Date,USD,\n")),
        (200, zipped("Date,USD,\nyesterday,1.1,\n")),
        (200, zipped("Date,USD,\n2027-01-04,-1.1,\n")),
        (200, zipped("Date,USD,\n2027-01-04,NaN,\n")),
        (200, zipped("Date,USD,\n2027-01-03,1.1,\n2027-01-04,1.1,\n")),
        (200, zipped("Date,USD,\n2027-01-04,\xff,\n")),
        (200, zipped("Date,USD,\n2020-01-04,1.1,\n")),
        (200, zipped(NEWER)[:-60]),
        (200, zipped(NEWER)[:60] + b"\0\0\0\0" + zipped(NEWER)[64:]),
        (200, zipped(f"Date,USD,\n2027-01-04,{'1' * rates.MAX_UNPACKED},\n")),
        (200, zipped(NEWER) + b"\0" * fetching.MAX_BYTES),
    ],
    ids=lambda answer: f"{answer[0]}-{len(answer[1])}-{answer[1][-12:]!r}",
)
def test_a_bad_answer_is_noted_and_changes_no_rate(bank, clock, answer):
    before = rates.known()
    bank.answer = answer

    assert sweep(clock) == 1

    assert rates.known() == before
    assert state().failures == 1
    assert state().last_error
    assert state().succeeded_at is None


def test_no_network_is_quiet_and_tried_later_and_later(bank, clock, settings, caplog):
    settings.RATES_URL = "http://127.0.0.1:1/nobody"
    pauses = []
    for _ in range(4):
        assert sweep(clock) == 1
        pauses.append(state().due_at - clock.now)
        clock.set(state().due_at)

    minutes = [pause.total_seconds() / 60 for pause in pauses]
    assert minutes == [15, 60, 360, 360]
    assert {one.levelname for one in caplog.records} == {"WARNING"}
    assert not any(one.exc_info for one in caplog.records)


def test_old_rates_are_one_task_that_closes_by_itself(bank, clock):
    bank.answer = (503, b"")
    for _ in range(3):
        sweep(clock)
        clock.advance(hours=6)
    (task,) = Task.objects.all()
    assert (task.kind, task.closed_at) == (fetching.OLD_RATES, None)

    bank.answer = (200, zipped(NEWER))
    sweep(clock)

    task.refresh_from_db()
    assert task.closed_at == clock.now


def test_a_failure_with_fresh_rates_is_no_task(bank, clock):
    sweep(clock)
    bank.answer = (503, b"")
    clock.advance(hours=6)
    sweep(clock)

    assert state().failures == 1
    assert not Task.objects.exists()


def test_a_broken_file_is_left_alone(bank, clock, settings):
    sweep(clock)
    settings.RATES_FILE.write_bytes(b"half a fi")

    assert queries.standing(clock.now).published_on < date(2027, 1, 4)


def test_two_processes_at_once_ask_once(bank, clock):
    sweep(clock)
    clock.advance(hours=7)

    assert fetching._claim(clock.now)
    assert fetching.fetch_rates(at=clock.now) == 0
    clock.advance(minutes=5)
    assert fetching.fetch_rates(at=clock.now) == 1


def test_switched_off_it_is_never_due(bank, clock, settings):
    settings.RATES_URL = ""

    assert sweep(clock) == 0
    assert sweeps._sweeps["fetch_rates"].next_due() is None
    assert bank.asked == 0


@pytest.mark.django_db(transaction=True)
def test_it_is_never_asked_inside_a_transaction(bank, clock):
    with transaction.atomic(), pytest.raises(AssertionError, match="fetch_rates"):
        fetching.fetch_rates(at=clock.now)
    assert bank.asked == 0


class TestPage:
    """The page of exchange rates: rates, source, age, spread, converter."""

    def page(self, client, **query) -> str:
        answer = client.get(reverse("fx:rates"), query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    def test_it_says_day_source_spread_and_age(self, bank, client, clock):
        sweep(clock)

        page = self.page(client)

        assert "Reference rates of the European Central Bank of 4 Jan 2027" in page
        assert "1.0 % for the exchange" in page
        assert "3.0 % to a purchase in another currency" in page
        assert "Last fetched" in page
        assert "days old" not in page
        assert '<td class="num">6.66667</td>' in page  # 8.0000 / 1.2000

    def test_old_rates_are_said_and_so_is_the_failure(self, bank, client, clock):
        sweep(clock)
        bank.answer = (503, b"")
        clock.advance(days=6)
        sweep(clock)

        page = self.page(client)

        assert "These rates are 7 days old." in page
        assert "The bank did not answer at" in page

    def test_rates_too_old_are_said(self, bank, client, clock, settings):
        settings.FX_MAX_AGE = timedelta(days=10)
        sweep(clock)
        clock.advance(days=10)

        assert "no price in another currency is promised" in self.page(client)

    @pytest.mark.parametrize(
        ("amount", "source", "target", "expected"),
        [
            ("100", "EUR", "CNY", "CN¥800.00"),
            ("49.99", "USD", "JPY", "JP¥7,499"),
            ("1.235", "KWD", "EUR", "€3.53"),
            ("5", "EUR", "EUR", "€5.00"),
        ],
    )
    def test_it_converts_without_a_script(
        self, bank, client, clock, amount, source, target, expected
    ):
        sweep(clock)

        page = self.page(client, amount=amount, source=source, target=target)

        assert "is about" in page
        assert expected.replace("JP", "") in page

    @pytest.mark.parametrize(
        ("amount", "source"),
        [
            ("", "EUR"),
            ("x", "EUR"),
            ("-1", "EUR"),
            ("0.001", "EUR"),
            ("1.5", "JPY"),
            ("1", "XXX"),
            ("1e30", "EUR"),
            ("NaN", "EUR"),
        ],
    )
    def test_what_cannot_be_converted_is_said_at_its_field(
        self, bank, client, clock, amount, source
    ):
        sweep(clock)

        page = self.page(client, amount=amount, source=source, target="CNY")

        assert "is about" not in page
        assert "field__error" in page or "errors" in page

    def test_it_is_chinese_too(self, bank, client, clock):
        sweep(clock)

        answer = client.get(reverse("fx:rates"), headers={"accept-language": "zh-hans"})

        assert "欧洲中央银行2027年1月4日参考汇率" in answer.content.decode()

    def test_it_costs_few_queries(self, bank, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(2):
            self.page(client)

"""Fixtures that every test may use."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pgtrigger
import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from kernel import clock as kernel_clock

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Beijing, a Monday


class MovableClock:
    """The tests' hand on the marketplace's clock."""

    def __init__(self) -> None:
        self.now = MORNING
        self._stop = kernel_clock.stopped(self.now)
        self._stop.__enter__()

    def set(self, moment: datetime) -> None:
        self._stop.__exit__(None, None, None)
        self.now = moment
        self._stop = kernel_clock.stopped(moment)
        self._stop.__enter__()

    def advance(self, **amount: float) -> None:
        self.set(self.now + timedelta(**amount))

    def let_go(self) -> None:
        self._stop.__exit__(None, None, None)


@pytest.fixture
def clock() -> Iterator[MovableClock]:
    """A clock that stands at MORNING until the test moves it."""
    movable = MovableClock()
    yield movable
    movable.let_go()


@pytest.fixture(scope="session", autouse=True)
def flush_may_empty_the_ledger():
    """Tests with real commits end in TRUNCATE, which the ledger's triggers refuse."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        with pgtrigger.ignore():
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True)
def language_of_nobody():
    """A page asked for in Chinese leaves its thread Chinese."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def quiet_settings(settings, tmp_path):
    """No shared cache, files in a folder of the test, fast passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }
    settings.EMAIL_BACKEND = "marketplace.notifications.outbox.Backend"
    settings.MAIL_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    cache.clear()

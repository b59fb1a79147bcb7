"""Fixtures that every test may use."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.core.cache import cache
from django.core.management.commands import flush
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation

from kernel import clock as kernel_clock
from tests import environment
from tests.flushing import sql_flush

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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The tests' own embedded server waits for no disk; a foreign one stays as it is.

    What a crash of the machine would lose is a test database.
    """
    if environment.FOREIGN_SERVER:
        return
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.execute(f"ALTER SYSTEM SET {setting} = off")
        server.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    """Tests with real commits leave an empty database behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", staticmethod(sql_flush))
        # What it would write is still there.
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
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

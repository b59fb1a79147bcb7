"""Brings a data folder to the present state: tables, static files, demo goods."""

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def prepare(*, seed: bool = True, pictures: bool = True) -> None:
    """Migrate, collect static files when they changed, and seed the demo once.

    Needs ``DJANGO_SETTINGS_MODULE``; starts the embedded PostgreSQL where none is
    named by ``DATABASE_URL``, and keeps it up as long as this process lives.
    """
    django.setup()
    call_command("migrate", verbosity=0)
    if not settings.REDIS_URL:
        call_command("createcachetable", verbosity=0)
    _collect_static()
    if seed:
        call_command("seed_demo", pictures=pictures, verbosity=0)


def _collect_static() -> None:
    """Collect and compress once per state of the sources (it takes seconds)."""
    stamp = settings.STATIC_ROOT / ".sources"
    state = _state_of(
        settings.BASE_DIR / "static", settings.BASE_DIR / "requirements.txt"
    )
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def _state_of(*sources: Path) -> str:
    digest = hashlib.sha256()
    for source in sources:
        files = sorted(source.rglob("*")) if source.is_dir() else [source]
        for file in files:
            if file.is_file():
                digest.update(f"{file}:{file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()

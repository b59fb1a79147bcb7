"""Reads the environment once, and says in one line what is wrong with it.

Every variable is documented in ``.env.example``; a test keeps the two in step.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

import environ

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
environ.Env.read_env(ROOT / ".env")

READ: set[str] = set()


def stop(name: str, problem: str) -> NoReturn:
    """End the process with one line that names the variable."""
    sys.exit(f"danbao: {name} {problem} (see .env.example)")


def _read(name: str, default: T, parse: Callable[[str], T], expected: str) -> T:
    READ.add(name)
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    try:
        return parse(given)
    except ValueError:
        stop(name, f"is {given!r}, expected {expected}")


def text(name: str, default: str = "") -> str:
    return _read(name, default, str, "a text")


def secret(name: str, default: str = "") -> str:
    """Like :func:`text`, but its value is never printed."""
    READ.add(name)
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True}
    words |= {"0": False, "false": False, "no": False, "off": False}

    def parse(given: str) -> bool:
        if given.lower() not in words:
            raise ValueError
        return words[given.lower()]

    return _read(name, default, parse, "true or false")


def number(name: str, default: int, *, low: int, high: int) -> int:
    def parse(given: str) -> int:
        value = int(given)
        if not low <= value <= high:
            raise ValueError
        return value

    return _read(name, default, parse, f"a whole number from {low} to {high}")


def url(name: str, default: str, *, schemes: tuple[str, ...]) -> str:
    def parse(given: str) -> str:
        parts = urlsplit(given)
        if parts.scheme not in schemes:
            raise ValueError
        if not parts.netloc and not parts.query and not parts.path:
            raise ValueError
        return given.rstrip("/")

    return _read(name, default, parse, f"a URL ({', '.join(schemes)})")


def words(name: str, default: list[str]) -> list[str]:
    return _read(
        name,
        default,
        lambda given: [part.strip() for part in given.split(",") if part.strip()],
        "words with commas between them",
    )


def file(name: str) -> Path | None:
    """A readable file, or None when the variable is not set."""

    def parse(given: str) -> Path | None:
        path = Path(given)
        if not path.is_file():
            raise ValueError
        return path

    return _read(name, None, parse, "a file that exists")

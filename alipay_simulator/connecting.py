"""What a merchant needs to connect: the ``app.json`` of each app.

The first app's lies in the data folder itself, every other app's in
``apps/APP_ID/`` with its keys.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

from .folder import DataFolder, KeyFiles
from .models import App
from .notify import SUCCESS


def publish(folder: DataFolder) -> None:
    """Write every app's ``app.json`` anew: this start may have another address."""
    for app in App.objects.select_related("seller").order_by("pk"):
        files = files_of(app, folder)
        if files.folder.is_dir():
            files.write_app_json(content(app, files))


def files_of(app: App, folder: DataFolder) -> KeyFiles:
    """Return where an app's files are."""
    first = App.objects.order_by("pk").values_list("pk", flat=True).first()
    return folder.first_app if app.pk == first else folder.app(app.app_id)


def content(app: App, files: KeyFiles) -> dict[str, Any]:
    """Return what ``app.json`` says. Without a private key the merchant has his own."""
    base_url = settings.BASE_URL
    told = {
        "gateway_url": f"{base_url}/gateway.do",
        "app_id": app.app_id,
        "seller_id": app.seller.user_id,
        "base_url": base_url,
        "app_private_key_file": _if_there(files.app_private_key),
        "app_public_key_file": _if_there(files.app_public_key),
        "alipay_public_key_file": str(files.alipay_public_key),
        "aes_key": app.aes_key or None,
        "qr_prefix": settings.QR_PREFIX,
        "notify": {
            "success_body": SUCCESS,
            "timeout_seconds": settings.NOTIFY_TIMEOUT_SECONDS,
            "retry_after_seconds": settings.RETRY_SECONDS,
        },
    }
    return {name: value for name, value in told.items() if value is not None}


def _if_there(file: Path) -> str | None:
    return str(file) if file.exists() else None

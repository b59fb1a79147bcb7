"""The data folder: secrets, key files, and the page for whoever connects.

Only the owner may read it. What is there is reused; what is missing is made.
"""

import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import Any

from . import signing


class FolderInUse(Exception):
    """Another simulator is serving this data folder."""


class KeyFiles:
    """One app's two key pairs, and the page that names them.

    The merchant's private half is his; Alipay's is kept for the first app only,
    whose pair is made with the folder. Other apps' lie in the database.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app_private_key = folder / "app_private_key.pem"
        self.app_public_key = folder / "app_public_key.pem"
        self.alipay_private_key = folder / "alipay_private_key.pem"
        self.alipay_public_key = folder / "alipay_public_key.pem"
        self.app_json = folder / "app.json"

    def write_app_json(self, content: dict[str, Any]) -> None:
        """Write what a merchant needs to connect; readers never see half of it."""
        write_private(
            self.app_json, json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        )


class DataFolder:
    """Paths and files under one directory."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.database = self.path / "simulator.sqlite3"
        self.secret_key = self.path / "secret.key"
        self.first_app = KeyFiles(self.path)
        self.apps = self.path / "apps"

    def app(self, app_id: str) -> KeyFiles:
        """Return where the files of an app are that is not the first."""
        return KeyFiles(self.apps / app_id)

    def prepare(self) -> None:
        """Create the folder, the cookie secret and the first app's key pairs."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.secret_key.exists():
            write_private(self.secret_key, secrets.token_urlsafe(48))
        files = self.first_app
        _ensure_pair(files.app_private_key, files.app_public_key)
        _ensure_pair(files.alipay_private_key, files.alipay_public_key)

    def claim(self) -> None:
        """Keep other servers out of the folder for as long as this process lives.

        Two would both send every notification.

        :raises FolderInUse: another one is serving it.
        """
        handle = os.open(self.path / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise FolderInUse(self.path) from None


def write_private(path: Path, text: str) -> None:
    """Put ``text`` in a file only the owner can read, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def _ensure_pair(private_file: Path, public_file: Path) -> None:
    if private_file.exists():
        private = private_file.read_text()
        public = signing.public_half(private)
    else:
        private, public = signing.new_key_pair()
        write_private(private_file, private)
    if not public_file.exists() or public_file.read_text() != public:
        write_private(public_file, public)

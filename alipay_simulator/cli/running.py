"""What the commands share: starting Django on a folder, and ending with a word."""

import json
import os
import sys
from typing import Any

from alipay_simulator.folder import DataFolder

FIRST_WAIT = 240
"""Seconds before the first repeat of a notification, at a retry scale of 1."""


def start_django(folder: DataFolder, **variables: str) -> None:
    """Set Django up for this folder, whatever settings the caller's shell names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "alipay_simulator.settings"
    os.environ["SIMULATOR_DATA"] = str(folder.path)
    os.environ.update(variables)
    import django

    django.setup()


def as_it_was_served(folder: DataFolder) -> dict[str, str]:
    """Return the settings under which the folder was last served."""
    try:
        told: dict[str, Any] = json.loads(folder.first_app.app_json.read_text())
        wait = told["notify"]["retry_after_seconds"][0]
        return {
            "SIMULATOR_BASE_URL": str(told["base_url"]),
            "SIMULATOR_QR_PREFIX": str(told["qr_prefix"]),
            "SIMULATOR_RETRY_SCALE": str(wait / FIRST_WAIT),
        }
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return {}


def is_there(folder: DataFolder) -> bool:
    """Tell whether a simulator has ever run there."""
    return folder.database.exists()


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def fail(status: int, text: str) -> int:
    """Say why not, and return the exit status."""
    sys.stderr.write(f"{text}\n")
    return status

"""Settings of the simulator: everything that varies comes from the environment.

``python -m alipay_simulator serve`` sets these variables from its options:
SIMULATOR_DATA, SIMULATOR_BASE_URL, SIMULATOR_QR_PREFIX, SIMULATOR_RETRY_SCALE.
"""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("SIMULATOR_DATA", "var/simulator")).resolve()

# --- The gateway ------------------------------------------------------------

BASE_URL = os.environ.get("SIMULATOR_BASE_URL", "http://127.0.0.1:8001")
QR_PREFIX = os.environ.get("SIMULATOR_QR_PREFIX", "https://qr.alipay.com/")
RETRY_SCALE = float(os.environ.get("SIMULATOR_RETRY_SCALE", "1"))
RETRY_SECONDS = [
    seconds * RETRY_SCALE for seconds in (240, 600, 600, 3600, 7200, 21600, 54000)
]
"""Waits between two attempts at one notification, in simulator seconds."""

NOTIFY_TIMEOUT_SECONDS = 5
REFUND_WINDOW_DAYS = 365
PASSWORD_TRIES = 5
LOCK_MINUTES = 15
RETURN_AFTER_SECONDS = 3

# --- Django -----------------------------------------------------------------

SECRET_KEY_FILE = DATA / "secret.key"
# Commands that need no sessions (makemigrations) run before the file exists.
SECRET_KEY = (
    SECRET_KEY_FILE.read_text().strip()
    if SECRET_KEY_FILE.exists()
    else get_random_secret_key()
)
DEBUG = False
# SDKs come with all sorts of Host headers; nothing here trusts the header.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "alipay_simulator.urls"
WSGI_APPLICATION = "alipay_simulator.wsgi.application"
INSTALLED_APPS = ["django.contrib.staticfiles", "alipay_simulator.apps.SimulatorConfig"]
MIDDLEWARE = [
    "alipay_simulator.middleware.mend_absolute_target",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alipay_simulator.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "alipay_simulator.middleware.choose_language",
    "alipay_simulator.middleware.explain_wrong_method",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "alipay_simulator.texts.context",
            ],
            "builtins": ["alipay_simulator.templatetags.sim"],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "simulator.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;"
            ),
        },
        "CONN_MAX_AGE": None,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
APPEND_SLASH = False

# Cookies ignore ports, so a shop on the same host must not meet its own names.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "sim_session"
CSRF_COOKIE_NAME = "sim_csrf"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "alipay_simulator.views.csrf_failure"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "simulator %(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Refused doors (404, 403) are part of the show, not news.
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
    },
}

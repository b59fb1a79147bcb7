"""The desk's words: what its apps, tables and columns are called.

Django names a field after its attribute, in English. Those names are translated here
and not on the models, so that wording a column needs no migration.
"""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy, override
from django.utils.translation import gettext_noop as _

APPS = (
    "accounts",
    "worklist",
    "orders",
    "payments",
    "escrow",
    "ledger",
    "disputes",
    "notifications",
    "mfa",
)

# Every name that the desk shows, as Django makes it from the code.
NAMES = frozenset(
    {
        # Apps and tables.
        _("Accounts"),
        _("Disputes"),
        _("Escrow"),
        _("Ledger"),
        _("Notifications"),
        _("Orders"),
        _("Payments"),
        _("Worklist"),
        _("account"),
        _("accounts"),
        _("attempt"),
        _("attempt move"),
        _("attempt moves"),
        _("attempts"),
        _("authenticator"),
        _("authenticators"),
        _("charge"),
        _("charge move"),
        _("charge moves"),
        _("charges"),
        _("checkout"),
        _("checkouts"),
        _("dispute"),
        _("disputes"),
        _("hold"),
        _("holds"),
        _("identity check"),
        _("identity checks"),
        _("notification"),
        _("notifications"),
        _("letter"),
        _("letters"),
        _("order"),
        _("order line"),
        _("order lines"),
        _("order move"),
        _("order moves"),
        _("orders"),
        _("parcel"),
        _("receipt"),
        _("receipts"),
        _("parcels"),
        _("refund"),
        _("refund move"),
        _("refund moves"),
        _("refunds"),
        _("task"),
        _("tasks"),
        _("transfer"),
        _("transfers"),
        # Columns.
        _("action"),
        _("after"),
        _("amount"),
        _("answered"),
        _("apply at"),
        _("at"),
        _("before"),
        _("bank number"),
        _("buyer"),
        _("by"),
        _("carrier"),
        _("cause"),
        _("choice en"),
        _("clear at"),
        _("cleared at"),
        _("close at"),
        _("closed at"),
        _("closed by"),
        _("closing by"),
        _("closing note"),
        _("closing since"),
        _("code"),
        _("commission"),
        _("commission returned"),
        _("content type"),
        _("coupon"),
        _("coupon returned"),
        _("created at"),
        _("credit"),
        _("currency"),
        _("debit"),
        _("decide by"),
        _("decided at"),
        _("decided by"),
        _("delivered at"),
        _("delivery"),
        _("detail"),
        _("due at"),
        _("ended at"),
        _("error"),
        _("expires at"),
        _("failure"),
        _("from status"),
        _("given up at"),
        _("given up by"),
        _("given up note"),
        _("hand reference"),
        _("funded at"),
        _("gateway"),
        _("ground"),
        _("home path"),
        _("is stray"),
        _("items total"),
        _("keeps balance"),
        _("key"),
        _("kind"),
        _("last answer"),
        _("last used at"),
        _("message id"),
        _("method"),
        _("note"),
        _("notify id"),
        _("number"),
        _("opened at"),
        _("order number"),
        _("paid at"),
        _("paused left"),
        _("payer"),
        _("placed at"),
        _("posted at"),
        _("promised days"),
        _("provider number"),
        _("quantity"),
        _("queries"),
        _("query at"),
        _("queue"),
        _("reason"),
        _("received at"),
        _("received on"),
        _("recorded at"),
        _("recorded by"),
        _("reference"),
        _("refunded"),
        _("release at"),
        _("released at"),
        _("remote address"),
        _("remittance"),
        _("requested at"),
        _("retry at"),
        _("seen from"),
        _("seller"),
        _("send at"),
        _("settled at"),
        _("ship by"),
        _("shipped at"),
        _("shipping"),
        _("started at"),
        _("status"),
        _("subject"),
        _("title en"),
        _("to status"),
        _("total"),
        _("tracking number"),
        _("tries"),
        _("type"),
        _("unit price"),
        _("user"),
        _("verdict"),
        _("written at"),
    }
)


def name_everything() -> None:
    """Give apps, tables and columns of the desk names that are translated when read.

    Migrations do not see it: they read what a model was declared with.
    """
    for label in APPS:
        config = apps.get_app_config(label)
        config.verbose_name = gettext_lazy(str(config.verbose_name))
        for model in config.get_models():
            _name(model)


def _name(model: type[models.Model]) -> None:
    options = model._meta
    options.verbose_name = gettext_lazy(_english(options.verbose_name))
    options.verbose_name_plural = gettext_lazy(_english(options.verbose_name_plural))
    for field in options.local_fields:
        field.verbose_name = gettext_lazy(_english(field.verbose_name))


def _english(name: object) -> str:
    with override(None):
        return str(name)

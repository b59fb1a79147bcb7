from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FxConfig(AppConfig):
    name = "marketplace.fx"
    label = "fx"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kernel.worklist import kinds
        from kernel.worklist.models import Task

        from . import fetching, tasks  # noqa: F401

        kinds.register(
            {
                fetching.OLD_RATES: kinds.Kind(
                    _("Exchange rates are old"),
                    _(
                        "The European Central Bank has not been reached for days. "
                        "Prices are explained with the rates we have, and their age "
                        "is said; past the limit (DANBAO_FX_MAX_AGE_DAYS) no quote "
                        "is given. Look why the network or DANBAO_RATES_URL fails. "
                        "The task closes by itself when new rates have come."
                    ),
                    Task.Queue.OPERATIONS,
                    timedelta(days=2),
                )
            }
        )

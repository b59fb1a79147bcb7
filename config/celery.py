"""Celery: the bells that ring for the sweeps. The beat schedule is code."""

import os
from typing import Any

from celery import Celery

from config import queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

queue.use()
app = Celery("danbao")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["marketplace.fx", "payments", "escrow", "escrow.disputes", "orders"]
)


@app.on_after_finalize.connect  # type: ignore[untyped-decorator]
def ring_bells(sender: Celery, **_: Any) -> None:
    """Ring each sweep's bell at its interval; a bell not heard by then is dropped."""
    from kernel import sweeps

    for sweep in sweeps.all_sweeps():
        seconds = sweep.every.total_seconds()
        sender.add_periodic_task(
            seconds,
            sender.signature(f"sweep.{sweep.name}"),
            name=sweep.name,
            expires=seconds,
        )

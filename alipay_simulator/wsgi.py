"""What the server's worker process runs: the application, and the notifier."""

import os

from django.core.wsgi import get_wsgi_application

# Ctrl-C reaches a whole process group. Two signals at once (that one, and the
# supervisor's) can hang granian's worker, so it listens to its supervisor only.
if hasattr(os, "setpgid") and os.getpgrp() != os.getpid():
    os.setpgid(0, 0)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alipay_simulator.settings")

application = get_wsgi_application()

from .notify.sender import Sender  # noqa: E402 - models need Django first

Sender().start()

"""What the server process runs: the application, and the notifier beside it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alipay_simulator.settings")

application = get_wsgi_application()

from .notify.sender import Sender  # noqa: E402 - models need Django first

Sender().start()

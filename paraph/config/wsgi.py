"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
_django = get_wsgi_application()

from paraph.desk.board.heartbeat import Heartbeat  # noqa: E402  # after the set-up
from paraph.kit import memory  # noqa: E402

application = Heartbeat(_django)
memory.settle()

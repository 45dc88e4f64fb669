"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from zhifa.config.checks import refuse_a_movable_clock
from zhifa.config.environment import read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhifa.config.settings")

refuse_a_movable_clock(read())
application = get_wsgi_application()

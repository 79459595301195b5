"""The Celery application: prefork workers and beat on the Redis protocol."""

import os

from celery import Celery
from celery.signals import task_postrun, task_prerun
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecett.settings.base")

app = Celery("ecett")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# What a web request does: a connection that has grown old or has broken is closed, and opened again when it is
# needed. Left to itself Celery opens one for each task.
task_prerun.connect(close_old_connections)
task_postrun.connect(close_old_connections)

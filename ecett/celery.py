"""The Celery application: prefork workers and beat on the Redis protocol."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecett.settings.base")

app = Celery("ecett")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

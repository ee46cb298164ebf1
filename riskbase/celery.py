"""The Celery application: the broker is a doorbell, the job table is the queue."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riskbase.settings.local")

app = Celery("riskbase")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["riskbase.shared", "failures", "projects", "portfolio"],
)

"""The project: wiring and everything without a domain noun."""

from riskbase.celery import app as celery_app

__all__ = ["celery_app"]

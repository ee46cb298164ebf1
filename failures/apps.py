"""App registration."""

from django.apps import AppConfig


class FailuresConfig(AppConfig):
    """See the package's docstring."""

    name = "failures"

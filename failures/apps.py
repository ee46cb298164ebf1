"""App registration."""

from importlib import import_module

from django.apps import AppConfig


class FailuresConfig(AppConfig):
    """See the package's docstring."""

    name = "failures"

    def ready(self) -> None:
        """Tell the audit trail what it withholds, and reports of imports how to say it."""
        import_module("failures.selectors.sealed_events")
        import_module("failures.exchange.checks")

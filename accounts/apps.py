"""App registration."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, units and roles."""

    name = "accounts"

    def ready(self) -> None:
        """Listen to the login machinery."""
        import_module("accounts.receivers")

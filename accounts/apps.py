"""App registration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, units and roles."""

    name = "accounts"

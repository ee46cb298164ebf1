"""App registration."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """See the package's docstring."""

    name = "portfolio"

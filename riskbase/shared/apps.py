"""App registration."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Shared mechanisms."""

    name = "riskbase.shared"
    label = "shared"
    default_auto_field = "django.db.models.BigAutoField"

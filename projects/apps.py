"""App registration."""

from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """See the package's docstring."""

    name = "projects"

    def ready(self) -> None:
        """Offer the questions to proposals of changes."""
        import_module("projects.selectors.proposal_targets")

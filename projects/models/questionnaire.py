"""Questionnaires and their closed versions."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.choices import QuestionnaireState
from riskbase.shared.rows import Row


class Questionnaire(Row):
    """An intake instrument, known by its code."""

    code = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class VersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    """Words for asking about versions."""

    def published(self) -> "VersionQuerySet":
        """Versions in force: at most one per questionnaire."""
        return self.filter(state=QuestionnaireState.PUBLISHED)


class QuestionnaireVersion(Row):
    """One version; its document is closed for good once it is published."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=QuestionnaireState,
        default=QuestionnaireState.DRAFT,
    )
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    """sha256 of the document's canonical JSON."""
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["questionnaire__position", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="version_number_once"
            ),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(state="published"),
                name="version_one_published",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="version_is_closed",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft")
                & (
                    pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                    | pgtrigger.Q(old__document__df=pgtrigger.F("new__document"))
                    | pgtrigger.Q(new__state="draft")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} v{self.number}"

"""Questionnaires and their closed versions."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.choices import QuestionnaireState
from riskbase.shared.rows import EditableRow, Row


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

    def closed(self) -> "VersionQuerySet":
        """Versions that are or were in force: everybody may read them."""
        return self.filter(state__in=CLOSED)


CLOSED = (QuestionnaireState.PUBLISHED, QuestionnaireState.RETIRED)


class QuestionnaireVersion(EditableRow):
    """One version; its document is closed for good once it is published.

    While it is written, `source` is the author's text to the letter, and `document`
    and `digest` are those of the last text that could be read at all.
    """

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
    source = models.TextField(blank=True)
    """YAML or JSON as typed; empty for versions loaded from content."""
    note = models.CharField(_("what is new"), max_length=400, blank=True)
    copied_from = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    """When it was handed in for review."""
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    findings = models.JSONField(default=list)
    """What the linter said at publication; until then what the import of a survey said."""
    backtest = models.ForeignKey(
        "projects.Backtest", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    """The backtest attached to the publication."""
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
                condition=pgtrigger.Q(old__state__in=["published", "retired"])
                & (
                    pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                    | pgtrigger.Q(old__document__df=pgtrigger.F("new__document"))
                    | pgtrigger.Q(new__state__in=["draft", "in_review"])
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} v{self.number}"

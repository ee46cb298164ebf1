"""The prose of a post-mortem, apart from its facts: lists rarely need it."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from failures.models.postmortem import Postmortem


class PostmortemText(models.Model):
    """The prose of a post-mortem in one language; all of it Markdown but the title."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="texts"
    )
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    intended = models.TextField(_("what was intended"), blank=True)
    actual = models.TextField(_("what happened"), blank=True)
    acceptance_statement = models.TextField(_("acceptance statement"), blank=True)
    system = models.TextField(_("the system"), blank=True)
    diagnosis = models.TextField(_("diagnosis and its evidence"), blank=True)
    data_difference = models.TextField(
        _("how operational data differed from training data"), blank=True
    )
    data_misunderstood = models.TextField(
        _("what was not understood about the data"), blank=True
    )
    bias_origin = models.TextField(_("where the bias came from"), blank=True)
    upstream_change = models.TextField(_("upstream change and its reach"), blank=True)
    counterexamples = models.TextField(_("counterexamples"), blank=True)
    environment = models.TextField(_("environment and versions"), blank=True)
    detection_story = models.TextField(
        _("how it was noticed, and why not earlier"), blank=True
    )
    severity_rationale = models.TextField(_("why this severity"), blank=True)
    affected_groups = models.TextField(_("who was affected"), blank=True)
    context = models.TextField(_("what contributed around it"), blank=True)
    impact = models.TextField(_("impact"), blank=True)
    long_term_effect = models.TextField(_("long-term effect"), blank=True)
    declared_success = models.TextField(_("success that was declared"), blank=True)
    value_delivered = models.TextField(_("value that was delivered"), blank=True)
    surprise = models.TextField(_("why it surprised us"), blank=True)
    went_well = models.TextField(_("what went well"), blank=True)
    lucky = models.TextField(_("where we got lucky"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    loss = models.TextField(_("loss in words"), blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["postmortem", "language"], name="postmortem_text_language"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="postmortem_text_search"),
            GinIndex(
                OpClass(models.F("title"), name="gin_trgm_ops"),
                name="postmortem_title_trigram",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def best_text(
    texts: Iterable[PostmortemText], language: str, original: str
) -> PostmortemText:
    """Return the text in the reader's language, else the original, else any."""
    by_language = {text.language: text for text in texts}
    for wanted in (language, original, "en"):
        if wanted in by_language:
            return by_language[wanted]
    return next(iter(by_language.values()), PostmortemText(language=original))

"""What people say about records: comments, and whether two are alike."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from failures.choices import Likeness
from failures.models.postmortem import Postmortem
from riskbase.shared.rows import Row


class RecordComment(Row):
    """A remark on a record; never changed, only withdrawn."""

    postmortem = models.ForeignKey(
        Postmortem, on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.text[:60]


class LikenessVerdict(Row):
    """Somebody's word on whether two records tell of the same kind of failure.

    A pair is kept once, the smaller id first.
    """

    one = models.ForeignKey(Postmortem, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Postmortem, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Likeness)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="likeness_ordered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.verdict} {self.other_id}"

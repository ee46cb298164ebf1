"""Replies kept for callers who repeat a request after losing the reply."""

from django.conf import settings
from django.db import models

from riskbase.shared.rows import Row


class IdempotencyKey(Row):
    """The first response to a POST that carried an Idempotency-Key."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=200)
    method_and_path = models.CharField(max_length=300)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(default=bytes)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotency_key"),
        ]

    def __str__(self) -> str:
        return self.key

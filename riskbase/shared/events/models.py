"""The transactional outbox."""

from django.db import models

from riskbase.shared.rows import Row


class OutboxEvent(Row):
    """A domain event, written with the change it tells of and relayed later."""

    topic = models.CharField(max_length=60)
    target_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(sent_at__isnull=True),
                name="outbox_unsent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.target_id}"

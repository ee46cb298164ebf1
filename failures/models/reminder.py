"""Reminders of follow-ups, each sent once."""

from django.conf import settings
from django.db import models

from failures.models.coding import ActionItem
from riskbase.shared.rows import Row


class ActionReminder(Row):
    """One message about one due date to one person."""

    action = models.ForeignKey(
        ActionItem, on_delete=models.CASCADE, related_name="reminders"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    due_on = models.DateField()
    is_overdue = models.BooleanField()
    """Sent after the day had passed, not before it."""
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "person", "due_on", "is_overdue"],
                name="action_reminder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} {self.due_on}"

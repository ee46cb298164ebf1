"""Reminders to assess a project again, each sent once."""

from django.conf import settings
from django.db import models

from projects.models.project import Project
from riskbase.shared.rows import Row


class Reminder(Row):
    """One message about one due date to one person."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="reminders"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    due_on = models.DateField()
    is_overdue = models.BooleanField()
    """Sent after the day had passed, not before it."""
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person", "due_on", "is_overdue"],
                name="reminder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.due_on}"

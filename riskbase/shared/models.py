"""Base rows, and the tables of the shared mechanisms."""

from riskbase.shared.api.models import IdempotencyKey
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.events.models import OutboxEvent
from riskbase.shared.jobs.models import Job

__all__ = ["AuditEvent", "IdempotencyKey", "Job", "OutboxEvent"]

"""Filters of the audit trail."""

import django_filters
from django.db.models import QuerySet

from riskbase.shared.api.filters import MomentFilter
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.audit.selectors import narrowed


class AuditEventFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By object, actor, verb and time."""

    target_type = django_filters.CharFilter(help_text="For example accounts.unit.")
    target_id = django_filters.CharFilter()
    actor = django_filters.CharFilter(method="by_actor", help_text="User name.")
    verb = django_filters.CharFilter(lookup_expr="startswith")
    since = MomentFilter(field_name="at", lookup_expr="gte")
    until = MomentFilter(field_name="at", lookup_expr="lte")

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def by_actor(
        self, events: QuerySet[AuditEvent], _name: str, value: str
    ) -> QuerySet[AuditEvent]:
        return narrowed(events, actor=value)

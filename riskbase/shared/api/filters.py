"""Filters that several lists use."""

import datetime as dt
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_filters.fields import IsoDateTimeField


class MomentField(IsoDateTimeField):  # type: ignore[misc]
    """A moment in UTC: PostgreSQL refuses offsets that RFC 3339 allows."""

    def clean(self, value: Any) -> dt.datetime | None:
        """Return the moment. Raises ValidationError when UTC cannot hold it."""
        moment: dt.datetime | None = super().clean(value)
        try:
            return moment.astimezone(dt.UTC) if moment is not None else None
        except OverflowError as error:
            raise ValidationError(_("Out of range."), code="invalid") from error


class MomentFilter(django_filters.IsoDateTimeFilter):  # type: ignore[misc]
    """Compares with a moment."""

    field_class = MomentField

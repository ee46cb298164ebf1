"""Serializers that refuse members they do not know."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from riskbase.shared.lines import lines


class Strict:
    """Mix in before a serializer of input. A misspelled member is an error: ignored, it would be input lost in silence.

    Members that can only be read are let pass, so that an object may be sent back
    as it was received.
    """

    passed_over: frozenset[str] = frozenset()
    """Further members of the object as it is shown."""

    def to_internal_value(self, data: Any) -> Any:
        """Return validated values. Raises ValidationError naming unknown members."""
        known: Any = self
        if isinstance(data, dict):
            unknown = (
                {str(name) for name in data} - set(known.fields) - self.passed_over
            )
            if unknown:
                raise serializers.ValidationError(
                    {name: [_("There is no such field.")] for name in sorted(unknown)},
                    code="unknown_field",
                )
        values = super().to_internal_value(data)  # type: ignore[misc]
        return {
            name: lines(value) if type(value) is str else value
            for name, value in values.items()
        }

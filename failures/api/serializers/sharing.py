"""The shareable version of a record as JSON."""

from typing import Any

from rest_framework import serializers

from failures.selectors.sharing import Shared
from failures.services.sharing import LONGEST
from riskbase.shared.api.serializers import Strict


class PseudonymSerializer(Strict, serializers.Serializer[Any]):
    """A name and what to write instead."""

    name = serializers.CharField(max_length=LONGEST)
    pseudonym = serializers.CharField(max_length=LONGEST)


class NamesSerializer(Strict, serializers.Serializer[Any]):
    """All names; replaces the former ones and takes back a sign-off."""

    pseudonyms = PseudonymSerializer(many=True)


class SharingSerializer(serializers.Serializer[Shared]):
    """How names are written for others, which still stand there, and the sign-off."""

    version = serializers.IntegerField(source="sharing.version")
    pseudonyms = PseudonymSerializer(source="sharing.pseudonyms", many=True)
    suggestions = serializers.ListField(child=serializers.CharField())
    is_signed_off = serializers.BooleanField()
    signed_at = serializers.DateTimeField(source="sharing.signed_at", allow_null=True)
    signed_by = serializers.CharField(
        source="sharing.signed_by.username", allow_null=True, default=None
    )

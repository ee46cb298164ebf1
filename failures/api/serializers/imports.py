"""Imports of files as JSON."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework import serializers

from failures.choices import WITHIN, ImportMode, ImportStage, Visibility
from failures.exchange.sources import READY
from failures.models import ImportFault, ImportRun
from failures.selectors.imports import told, units_to_import_into
from riskbase.shared.api.serializers import Strict


class ImportRunSerializer(serializers.ModelSerializer[ImportRun]):
    """A file on its way in: what it is, how far it is, and what came of it."""

    unit: Any = serializers.PrimaryKeyRelatedField(read_only=True)
    requested_by = serializers.CharField(
        source="requested_by.username", read_only=True, allow_null=True, default=None
    )
    stage = serializers.ChoiceField(
        source="standing", choices=ImportStage.choices, read_only=True
    )
    percent = serializers.IntegerField(
        source="job.percent", read_only=True, default=0, min_value=0, max_value=100
    )
    created = serializers.IntegerField(source="created_count", read_only=True)
    updated = serializers.IntegerField(source="updated_count", read_only=True)
    unchanged = serializers.IntegerField(source="unchanged_count", read_only=True)
    head = serializers.ListField(child=serializers.CharField(), read_only=True)
    mapping = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ImportRun
        fields = [
            "id", "version", "unit", "requested_by", "name", "size", "sha256", "format",
            "head", "rows", "source", "mapping", "visibility", "mode", "is_dry", "stage",
            "percent", "faulty", "created", "updated", "unchanged", "created_at",
            "finished_at",
        ]  # fmt: skip
        read_only_fields = fields


class StartSerializer(Strict, serializers.Serializer[Any]):
    """What is to be done with the file."""

    mode = serializers.ChoiceField(choices=ImportMode.choices, default="partial")
    dry_run = serializers.BooleanField(default=False)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=[
            ("", "Our own columns"),
            *((c, str(s.code)) for c, s in READY.items()),
        ],
        required=False,
        allow_blank=True,
    )
    mapping = serializers.DictField(
        child=serializers.CharField(max_length=60), required=False
    )


class NewImportSerializer(Strict, serializers.Serializer[Any]):
    """A file and where its records belong; with a mode it starts at once."""

    file = serializers.FileField(max_length=400, allow_empty_file=True)
    visibility = serializers.ChoiceField(choices=WITHIN, default=Visibility.RESTRICTED)
    mode = serializers.ChoiceField(choices=ImportMode.choices, required=False)
    dry_run = serializers.BooleanField(required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        request = self.context.get("request")
        user: Any = request.user if request else AnonymousUser()
        fields["unit"] = serializers.PrimaryKeyRelatedField(
            queryset=units_to_import_into(user)
        )
        return fields


class ImportFaultSerializer(serializers.ModelSerializer[ImportFault]):
    """One fault: the row as a spreadsheet counts, the column as the file names it."""

    message = serializers.SerializerMethodField()

    class Meta:
        model = ImportFault
        fields = ["id", "row", "column", "code", "message", "value"]
        read_only_fields = fields

    def get_message(self, fault: ImportFault) -> str:
        return told(fault).sentence

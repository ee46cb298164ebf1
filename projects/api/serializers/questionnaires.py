"""Questionnaire versions as JSON."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from projects.choices import QuestionnaireState
from projects.models import QuestionnaireVersion
from projects.scoring.changes import Change, Fate, Kind, Leaf
from projects.scoring.lint import Severity
from projects.selectors.checks import Remark
from projects.selectors.drafts import title_of
from projects.selectors.questionnaires import document_in_one_language
from riskbase.shared.api.serializers import Strict
from riskbase.shared.templatetags.riskbase import localized

LONGEST_NOTE = 2_000


class QuestionnaireSerializer(serializers.Serializer[QuestionnaireVersion]):
    """A version without its questions; titles in the caller's language.

    Of a draft only what can be read is shown; minutes may be missing there.
    """

    id = serializers.UUIDField()
    code = serializers.SlugField(source="questionnaire.code")
    version = serializers.IntegerField(source="number")
    state = serializers.ChoiceField(choices=QuestionnaireState.choices)
    title = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField()
    minutes = serializers.SerializerMethodField()
    digest = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)

    def get_title(self, version: QuestionnaireVersion) -> str:
        return localized(title_of(version))

    def get_description(self, version: QuestionnaireVersion) -> str:
        said = version.document.get("description")
        return localized(said) if isinstance(said, dict) else ""

    def get_minutes(self, version: QuestionnaireVersion) -> int | None:
        minutes = version.document.get("minutes")
        return minutes if type(minutes) is int else None


class QuestionnaireDetailSerializer(QuestionnaireSerializer):
    """A version with its whole document, and where it comes from."""

    document = serializers.SerializerMethodField()
    source: Any = serializers.CharField(
        help_text="YAML or JSON as typed; empty for versions that came as content."
    )
    note = serializers.CharField()
    copied_from = serializers.UUIDField(source="copied_from_id", allow_null=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    backtest = serializers.UUIDField(source="backtest_id", allow_null=True)

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_document(self, version: QuestionnaireVersion) -> dict[str, Any]:
        """Texts in the caller's language, or per language with `?language=all`."""
        request = self.context["request"]
        if request.query_params.get("language") == "all":
            document: dict[str, Any] = version.document
            return document
        return document_in_one_language(version)


class NewDraftSerializer(Strict, serializers.Serializer[Any]):
    """What begins a draft: a new code, a version to copy, or a text."""

    code = serializers.CharField(max_length=60, required=False)
    copy_of = serializers.UUIDField(required=False)
    source: Any = serializers.CharField(required=False, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse none, and more than one."""
        if len(attrs) != 1:
            raise serializers.ValidationError(
                _("Give exactly one of code, copy_of and source.")
            )
        return attrs


class DraftSerializer(Strict, serializers.Serializer[Any]):
    """The text of a draft, kept to the letter, and what it brings."""

    source: Any = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=400)


class SourceSerializer(Strict, serializers.Serializer[Any]):
    """A text to be looked at."""

    source: Any = serializers.CharField(allow_blank=True, trim_whitespace=False)


class ReturnSerializer(Strict, serializers.Serializer[Any]):
    """What the author is to change."""

    note = serializers.CharField(max_length=LONGEST_NOTE)


class PublishSerializer(Strict, serializers.Serializer[Any]):
    """What the publishing person confirms."""

    warnings_read = serializers.BooleanField(default=False)
    without_backtest = serializers.BooleanField(default=False)


class FindingSerializer(serializers.Serializer[Remark]):
    """A finding of the linter, in the caller's language; lines count from 1."""

    severity = serializers.ChoiceField(choices=[(each, each) for each in Severity])
    code = serializers.CharField()
    place = serializers.CharField(allow_blank=True)
    line = serializers.IntegerField(allow_null=True)
    sentence = serializers.CharField()


class FindingsSerializer(serializers.Serializer[Any]):
    """All findings of a text, and whether it can be scored."""

    is_scorable = serializers.BooleanField()
    findings = FindingSerializer(many=True)


class LeafSerializer(serializers.Serializer[Leaf]):
    """A value that differs; null where it is not there."""

    path = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class ChangeSerializer(serializers.Serializer[Change]):
    """A part that differs."""

    kind = serializers.ChoiceField(choices=[(each, each) for each in Kind])
    code = serializers.CharField(allow_blank=True)
    fate = serializers.ChoiceField(choices=[(each, each) for each in Fate])
    leaves = LeafSerializer(many=True)


class DifferencesSerializer(serializers.Serializer[Any]):
    """What differs from `base`."""

    base = serializers.UUIDField(allow_null=True)
    changes = ChangeSerializer(many=True)

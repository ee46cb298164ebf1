"""People, units, roles, tokens and audit events as JSON."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.choices import API_SCOPES, ROLE_LABELS
from accounts.models import ApiToken, Membership, Unit, User, validate_time_zone
from accounts.selectors import rights_of, visible_units
from riskbase.shared.api.serializers import Strict
from riskbase.shared.audit.models import AuditEvent
from riskbase.shared.audit.selectors import withheld


class RightsSerializer(serializers.Serializer[Any]):
    """What a person may do in one unit."""

    id = serializers.UUIDField(source="unit.pk")
    name = serializers.CharField(source="unit.name")
    roles = serializers.ListField(child=serializers.CharField())
    permissions = serializers.ListField(child=serializers.CharField())


class MeSerializer(Strict, serializers.ModelSerializer[User]):
    """The caller's own profile."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    time_zone = serializers.CharField(max_length=64, validators=[validate_time_zone])
    is_administrator = serializers.BooleanField(read_only=True)
    units = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = [
            "id",
            "username",
            "email",
            "first_name",
            "last_name",
            "language",
            "time_zone",
            "is_administrator",
            "units",
        ]
        read_only_fields = ["username", "email"]

    @extend_schema_field(RightsSerializer(many=True))
    def get_units(self, user: User) -> Any:
        return RightsSerializer(rights_of(user), many=True).data


class UnitSerializer(Strict, serializers.ModelSerializer[Unit]):
    """A unit of the tree; `parent` is null where the caller does not see it."""

    parent = serializers.PrimaryKeyRelatedField(  # type: ignore[assignment]
        queryset=Unit.objects.none(), allow_null=True, required=False
    )

    class Meta:
        model = Unit
        fields = ["id", "name", "parent", "created_at", "updated_at"]
        # The service refuses a second unit of the name: 422, not a field error.
        validators: list[Any] = []

    def get_fields(self) -> dict[str, Any]:
        """Offer as parents the units the caller sees."""
        fields: dict[str, Any] = super().get_fields()
        request = self.context.get("request")
        if request is not None:
            fields["parent"].queryset = visible_units(request.user)
        return fields

    def to_representation(self, unit: Unit) -> dict[str, Any]:
        """Hide a parent outside the caller's scope."""
        shown = super().to_representation(unit)
        if not getattr(unit, "parent_is_visible", True):
            shown["parent"] = None
        return shown


class MemberSerializer(Strict, serializers.ModelSerializer[Membership]):
    """A role held in a unit; `person` is a user name or an e-mail address."""

    person = serializers.CharField(write_only=True, max_length=254)
    role = serializers.ChoiceField(choices=list(ROLE_LABELS.items()))
    user_id = serializers.UUIDField(read_only=True)
    username = serializers.CharField(source="user.username", read_only=True)
    name = serializers.CharField(source="user.get_full_name", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "user_id", "username", "name", "role", "person"]


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token without its secret."""

    prefix = serializers.CharField(source="token_key", read_only=True)
    expires_at = serializers.DateTimeField(source="expiry", read_only=True)
    created_at = serializers.DateTimeField(source="created", read_only=True)

    class Meta:
        model = ApiToken
        fields = [
            "id",
            "name",
            "prefix",
            "scopes",
            "created_at",
            "expires_at",
            "last_used_at",
        ]
        read_only_fields = ["id", "last_used_at"]


@extend_schema_serializer(many=False)
class TokenListSerializer(serializers.Serializer[Any]):
    """All of the caller's tokens: few, hence one page."""

    results = TokenSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class NewTokenSerializer(Strict, serializers.Serializer[Any]):
    """What to make."""

    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=list(API_SCOPES.items())),
        allow_empty=False,
        max_length=len(API_SCOPES),
    )
    days = serializers.IntegerField(min_value=1, max_value=365, default=90)


class CreatedTokenSerializer(TokenSerializer):
    """A new token with its secret, this once."""

    token = serializers.CharField(read_only=True)

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]


class _Events(serializers.ListSerializer[Any]):
    """Asks once for all events what is withheld."""

    def to_representation(self, data: Any) -> Any:
        events = list(data)
        user = self.context["request"].user
        self.child.hidden = withheld(user, events)  # type: ignore[union-attr]
        return super().to_representation(events)


class AuditEventSerializer(serializers.ModelSerializer[AuditEvent]):
    """One write; `before` and `after` are null where they are withheld for now."""

    hidden: set[Any] | None = None

    def to_representation(self, instance: AuditEvent) -> dict[str, Any]:
        shown = super().to_representation(instance)
        user = self.context["request"].user
        if instance.pk in (
            withheld(user, [instance]) if self.hidden is None else self.hidden
        ):
            shown |= {"before": None, "after": None}
        return shown

    class Meta:
        model = AuditEvent
        list_serializer_class = _Events
        fields = [
            "id",
            "at",
            "actor_id",
            "actor_name",
            "verb",
            "target_type",
            "target_id",
            "target_label",
            "unit_id",
            "before",
            "after",
            "via",
            "request_id",
        ]
        read_only_fields = fields

"""People, the tree of units, memberships, invitations and API tokens."""

import zoneinfo

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken

from accounts.choices import API_SCOPES, ROLE_LABELS
from accounts.roles import Permission, Role, roles_with
from riskbase.shared.ids import uuid7
from riskbase.shared.rows import EditableRow, Row


def validate_time_zone(name: str) -> None:
    """Raise ValidationError for a name outside the time-zone database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("This is not the name of a time zone."))


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A person. Site administrators are superusers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def is_administrator(self) -> bool:
        """Whether the person administers the whole site."""
        return self.is_active and self.is_superuser

    @cached_property
    def authors_questionnaires(self) -> bool:
        """Whether the person may write, review and publish questionnaires."""
        return self.is_administrator or self.memberships.authoring().exists()

    @cached_property
    def manages_units(self) -> bool:
        """Whether the person may invite people somewhere."""
        managing = roles_with(Permission.MANAGE_MEMBERS)
        return (
            self.is_administrator or self.memberships.filter(role__in=managing).exists()
        )


Person = User | AnonymousUser


class UnitQuerySet(models.QuerySet["Unit"]):
    """Which units a person may see or act in."""

    def where(self, user: Person, permission: Permission) -> "UnitQuerySet":
        """Units in which `user` holds `permission`, directly or from above."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        granted = Membership.objects.filter(
            user=user, role__in=roles_with(permission)
        ).values("unit_id")
        return self.filter(
            pk__in=UnitAncestry.objects.filter(ancestor_id__in=granted).values(
                "descendant_id"
            )
        )

    def visible_to(self, user: Person) -> "UnitQuerySet":
        """Units whose rows `user` may see."""
        return self.where(user, Permission.VIEW)


class Unit(EditableRow):
    """An organizational unit; rights given in a unit hold in the units below."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("parent unit"),
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="unit_name_once_per_parent",
                nulls_distinct=False,
                violation_error_message=_("A unit of this name already exists here."),
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="unit_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAncestry(models.Model):
    """Closure of the unit tree, each unit being its own ancestor at distance 0.

    Kept by accounts.services.units; lets "this unit and below" be one subquery.
    """

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="ancestry"
    )
    distance = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ancestor", "descendant"], name="unit_ancestry_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Words for asking about roles."""

    def authoring(self) -> "MembershipQuerySet":
        """Roles that let their holders write questionnaires: held at the very top."""
        return self.filter(
            unit__parent=None,
            role__in=roles_with(Permission.AUTHOR),
            user__is_active=True,
        )


class Membership(Row):
    """A person's role in a unit and below."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=ROLE_LABELS)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"], name="membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.unit}"


class Invitation(Row):
    """A way in for somebody who has no account yet; the link is shown once."""

    email = models.EmailField(_("email address"))
    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        related_name="invitations",
        verbose_name=_("unit"),
    )
    role = models.CharField(
        _("role"), max_length=20, choices=ROLE_LABELS, default=Role.CONTRIBUTOR.value
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        """Whether the invitation can still be accepted."""
        return self.accepted_at is None and self.expires_at > timezone.now()


class ApiToken(AbstractAuthToken):  # type: ignore[misc]
    """A bearer token: only its digest is stored, the prefix tells which it is."""

    id = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    scopes = ArrayField(
        models.CharField(max_length=30, choices=API_SCOPES), verbose_name=_("scopes")
    )
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

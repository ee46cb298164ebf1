"""Labels of the pure enumerations."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

ROLE_LABELS = {
    Role.VIEWER.value: _("Viewer"),
    Role.CONTRIBUTOR.value: _("Contributor"),
    Role.MANAGER.value: _("Manager"),
    Role.REVIEWER.value: _("Reviewer"),
}

API_SCOPES = {
    "read": _("Read everything the person may see"),
    "reports:read": _("Read reports only"),
    "projects:write": _("Create and change projects, assessments and outcomes"),
    "questionnaires:write": _("Write, backtest and publish questionnaires"),
    "postmortems:write": _("Create and change post-mortems"),
    "admin": _("Everything the person may do"),
}

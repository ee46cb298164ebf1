"""Pages about one's own account, units and people."""

from django.urls import path

from accounts.views import invitations, members, people, profile, tokens, units

app_name = "accounts"
urlpatterns = [
    path("account/profile/", profile.profile, name="profile"),
    path("account/language/", profile.set_language, name="set-language"),
    path("account/tokens/", tokens.token_list, name="token-list"),
    path("account/tokens/new/", tokens.token_create, name="token-create"),
    path("account/tokens/<uuid:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/new/", units.unit_create, name="unit-create"),
    path("units/<uuid:pk>/", units.unit_detail, name="unit-detail"),
    path("units/<uuid:pk>/rename/", units.unit_rename, name="unit-rename"),
    path("units/<uuid:pk>/move/", units.unit_move, name="unit-move"),
    path("units/<uuid:pk>/delete/", units.unit_delete, name="unit-delete"),
    path("units/<uuid:pk>/members/new/", members.member_add, name="unit-member-add"),
    path(
        "units/<uuid:pk>/invitations/new/",
        members.invitation_create,
        name="unit-invitation-create",
    ),
    path(
        "memberships/<uuid:pk>/role/", members.member_change, name="unit-member-change"
    ),
    path(
        "memberships/<uuid:pk>/remove/",
        members.member_remove,
        name="unit-member-remove",
    ),
    path(
        "invitations/<uuid:pk>/withdraw/",
        members.invitation_revoke,
        name="unit-invitation-revoke",
    ),
    path(
        "invitation/<str:token>/",
        invitations.invitation_accept,
        name="invitation-accept",
    ),
    path("people/", people.person_list, name="person-list"),
    path("people/<uuid:pk>/<slug:act>/", people.person_change, name="person-change"),
]

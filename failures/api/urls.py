"""Addresses below /api/v1/."""

from typing import Any

from django.urls import path

from failures.api.views import (
    agreement,
    attachments,
    discussion,
    expressions,
    follow_ups,
    imports,
    knowledge,
    parts,
    proposals,
    records,
    second_coding,
    sharing,
    similar,
    versions,
)

LIST: dict[str, Any] = {"get": "list"}
ONE: dict[str, Any] = {"get": "retrieve"}
LIST_AND_CREATE: dict[str, Any] = {"get": "list", "post": "create"}
ONE_AND_CHANGE: dict[str, Any] = {
    "get": "retrieve",
    "patch": "partial_update",
    "delete": "destroy",
}
RECORDS = records.PostmortemViewSet
IMPORTS = imports.ImportViewSet
SECOND = second_coding.SecondCodingViewSet
PARTS = "postmortems/<uuid:postmortem>/"


def _collection(noun: str, view: Any) -> list[Any]:
    return [
        path(f"{noun}s/", view.as_view(LIST), name=f"api-{noun}-list"),
        path(f"{noun}s/<slug:slug>/", view.as_view(ONE), name=f"api-{noun}-detail"),
    ]


def _parts(folder: str, noun: str, view: Any) -> list[Any]:
    return [
        path(
            f"{PARTS}{folder}/",
            view.as_view(LIST_AND_CREATE),
            name=f"api-postmortem-{noun}-list",
        ),
        path(
            f"{PARTS}{folder}/<uuid:pk>/",
            view.as_view(ONE_AND_CHANGE),
            name=f"api-postmortem-{noun}-detail",
        ),
    ]


urlpatterns = [
    path(
        "taxonomy/counts/",
        expressions.CauseCountView.as_view(),
        name="api-taxonomy-count",
    ),
    path(
        "follow-ups/",
        follow_ups.FollowUpViewSet.as_view(LIST),
        name="api-follow-up-list",
    ),
    *_collection("cause", knowledge.CauseViewSet),
    *_collection("practice", knowledge.PracticeViewSet),
    *_collection("base-rate", knowledge.RateViewSet),
    path("imports/", IMPORTS.as_view(LIST_AND_CREATE), name="api-import-list"),
    path("imports/<uuid:pk>/", IMPORTS.as_view(ONE), name="api-import-detail"),
    path(
        "imports/<uuid:pk>/start/",
        IMPORTS.as_view({"post": "start"}),
        name="api-import-start",
    ),
    path(
        "imports/<uuid:run>/faults/",
        imports.ImportFaultViewSet.as_view(LIST),
        name="api-import-fault-list",
    ),
    path(
        "imports/<uuid:run>/report/<slug:kind>/",
        imports.ImportFaultViewSet.as_view({"get": "report"}),
        name="api-import-report",
    ),
    path(
        "postmortems/agreement/",
        agreement.AgreementView.as_view(),
        name="api-postmortem-agreement",
    ),
    path(
        "proposals/",
        proposals.ProposalViewSet.as_view(LIST),
        name="api-proposal-list",
    ),
    path(
        "proposals/<uuid:pk>/",
        proposals.ProposalViewSet.as_view(ONE),
        name="api-proposal-detail",
    ),
    path(
        "proposals/<uuid:pk>/decide/",
        proposals.ProposalViewSet.as_view({"post": "decide"}),
        name="api-proposal-decide",
    ),
    path(
        f"{PARTS}proposals/",
        proposals.ProposalViewSet.as_view(LIST_AND_CREATE),
        name="api-postmortem-proposal-list",
    ),
    path(
        f"{PARTS}files/",
        attachments.AttachmentViewSet.as_view(LIST_AND_CREATE),
        name="api-postmortem-file-list",
    ),
    path(
        f"{PARTS}files/<uuid:pk>/",
        attachments.AttachmentViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="api-postmortem-file-detail",
    ),
    path(
        f"{PARTS}files/<uuid:pk>/content/",
        attachments.AttachmentViewSet.as_view({"get": "content"}),
        name="api-postmortem-file-content",
    ),
    path(
        f"{PARTS}sharing/",
        sharing.SharingViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-postmortem-sharing",
    ),
    path(
        f"{PARTS}sharing/sign-off/",
        sharing.SharingViewSet.as_view({"post": "sign"}),
        name="api-postmortem-sharing-sign",
    ),
    path(
        f"{PARTS}sharing/file/<slug:kind>/",
        sharing.SharingViewSet.as_view({"get": "file"}),
        name="api-postmortem-sharing-file",
    ),
    path(
        f"{PARTS}history/",
        versions.VersionViewSet.as_view(LIST),
        name="api-postmortem-version-list",
    ),
    path(
        f"{PARTS}history/<uuid:pk>/restore/",
        versions.VersionViewSet.as_view({"post": "restore"}),
        name="api-postmortem-version-restore",
    ),
    path(
        "postmortems/facets/",
        discussion.FacetViewSet.as_view({"get": "counts"}),
        name="api-postmortem-facets",
    ),
    path(
        "postmortems/<uuid:pk>/completeness/",
        discussion.CompletenessView.as_view(),
        name="api-postmortem-completeness",
    ),
    path(
        "postmortems/<uuid:pk>/similar/<uuid:other>/",
        discussion.LikenessView.as_view(),
        name="api-postmortem-likeness",
    ),
    path(
        "postmortems/<uuid:pk>/similar/",
        similar.SimilarView.as_view(),
        name="api-postmortem-similar",
    ),
    path(
        "postmortems/export/<slug:kind>/",
        imports.ExportViewSet.as_view({"get": "many"}),
        name="api-postmortem-export-list",
    ),
    path(
        "postmortems/<uuid:pk>/export/<slug:kind>/",
        imports.ExportViewSet.as_view({"get": "one"}),
        name="api-postmortem-export",
    ),
    path("postmortems/", RECORDS.as_view(LIST_AND_CREATE), name="api-postmortem-list"),
    path(
        "postmortems/<uuid:pk>/",
        RECORDS.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-postmortem-detail",
    ),
    *[
        path(
            f"postmortems/<uuid:pk>/{act}/",
            RECORDS.as_view({"post": act}),
            name=f"api-postmortem-{act}",
        )
        for act in ("submit", "approve", "publish", "archive", "restore")
    ],
    path(
        "postmortems/<uuid:pk>/return/",
        RECORDS.as_view({"post": "send_back"}),
        name="api-postmortem-return",
    ),
    path(
        f"{PARTS}second-coding/",
        SECOND.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api-postmortem-second-coding",
    ),
    *[
        path(
            f"{PARTS}second-coding/{act}/",
            SECOND.as_view({"post": act}),
            name=f"api-postmortem-second-coding-{act}",
        )
        for act in ("invite", "submit", "decide")
    ],
    path(
        f"{PARTS}comments/",
        discussion.CommentViewSet.as_view(LIST_AND_CREATE),
        name="api-postmortem-comment-list",
    ),
    path(
        f"{PARTS}comments/<uuid:pk>/",
        discussion.CommentViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="api-postmortem-comment-detail",
    ),
    *_parts("codings", "coding", parts.CodingViewSet),
    *_parts("timeline", "timeline", parts.TimelineViewSet),
    *_parts("actions", "action", parts.ActionViewSet),
    path(
        f"{PARTS}actions/<uuid:pk>/move/",
        parts.ActionViewSet.as_view({"post": "move"}),
        name="api-postmortem-action-move",
    ),
]

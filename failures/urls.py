"""Addresses of this app's pages."""

from django.urls import path

from failures.views import (
    agreement,
    attachments,
    codings,
    discussion,
    editing,
    exports,
    follow_ups,
    imports,
    knowledge,
    parts,
    proposals,
    records,
    second_coding,
    sharing,
    versions,
    workflow,
)

app_name = "failures"
RECORD = "post-mortems/<uuid:pk>/"
CODING = f"{RECORD}causes/<uuid:coding>/"
SECOND = f"{RECORD}second-coding/"
JUDGEMENT = f"{SECOND}<slug:slug>/<slug:role>/"
ENTRY = f"{RECORD}timeline/<uuid:entry>/"
ACTION = f"{RECORD}actions/<uuid:action>/"

urlpatterns = [
    path("causes/", knowledge.cause_list, name="cause-list"),
    path("causes/<slug:slug>/", knowledge.cause_detail, name="cause-detail"),
    path("practices/", knowledge.practice_list, name="practice-list"),
    path("practices/<slug:slug>/", knowledge.practice_detail, name="practice-detail"),
    path("base-rates/", knowledge.base_rate_list, name="base-rate-list"),
    path("follow-ups/", follow_ups.follow_up_list, name="follow-up-list"),
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path(
        "proposals/<uuid:pk>/decide/", proposals.proposal_decide, name="proposal-decide"
    ),
    path("post-mortems/", records.postmortem_list, name="postmortem-list"),
    path("post-mortems/new/", editing.postmortem_create, name="postmortem-create"),
    path(
        "post-mortems/similar/", records.postmortem_similar, name="postmortem-similar"
    ),
    path("post-mortems/agreement/", agreement.agreement_page, name="agreement"),
    path("post-mortems/import/", imports.import_list, name="import-list"),
    path("post-mortems/import/<uuid:pk>/", imports.import_detail, name="import-detail"),
    path(
        "post-mortems/import/<uuid:pk>/progress/",
        imports.import_progress,
        name="import-progress",
    ),
    path(
        "post-mortems/import/<uuid:pk>/report/<slug:kind>/",
        imports.import_report,
        name="import-report",
    ),
    path(
        "post-mortems/export/<slug:kind>/",
        exports.postmortem_export_list,
        name="postmortem-export-list",
    ),
    path(
        f"{RECORD}export/<slug:kind>/",
        exports.postmortem_export,
        name="postmortem-export",
    ),
    path("post-mortems/facets/", records.postmortem_facets, name="postmortem-facets"),
    path(RECORD, records.postmortem_detail, name="postmortem-detail"),
    path(f"{RECORD}edit/<slug:step>/", editing.postmortem_edit, name="postmortem-edit"),
    path(
        f"{RECORD}autosave/<slug:step>/",
        editing.postmortem_autosave,
        name="postmortem-autosave",
    ),
    path(f"{RECORD}similar/", records.postmortem_alike, name="postmortem-alike"),
    path(
        f"{RECORD}similar/<uuid:other>/",
        discussion.likeness_judge,
        name="likeness-judge",
    ),
    path(
        f"{RECORD}proposals/add/<slug:kind>/",
        proposals.proposal_create,
        name="proposal-create",
    ),
    path(f"{RECORD}files/", attachments.attachment_list, name="attachment-list"),
    path(
        f"{RECORD}files/<uuid:file>/",
        attachments.attachment_file,
        name="attachment-file",
    ),
    path(
        f"{RECORD}files/<uuid:file>/remove/",
        attachments.attachment_remove,
        name="attachment-remove",
    ),
    path(f"{RECORD}sharing/", sharing.sharing_page, name="postmortem-sharing"),
    path(
        f"{RECORD}sharing/sign-off/",
        sharing.sharing_sign,
        name="postmortem-sharing-sign",
    ),
    path(
        f"{RECORD}sharing/file/<slug:kind>/",
        sharing.sharing_file,
        name="postmortem-sharing-file",
    ),
    path(f"{RECORD}history/", versions.version_list, name="version-list"),
    path(
        f"{RECORD}history/<uuid:event>/restore/",
        versions.version_restore,
        name="version-restore",
    ),
    path(f"{RECORD}comments/", discussion.comment_list, name="comment-list"),
    path(
        f"{RECORD}comments/<uuid:comment>/withdraw/",
        discussion.comment_withdraw,
        name="comment-withdraw",
    ),
    path(f"{RECORD}submit/", workflow.postmortem_submit, name="postmortem-submit"),
    path(f"{RECORD}publish/", workflow.postmortem_publish, name="postmortem-publish"),
    path(f"{RECORD}approve/", workflow.postmortem_approve, name="postmortem-approve"),
    path(f"{RECORD}archive/", workflow.postmortem_archive, name="postmortem-archive"),
    path(f"{RECORD}restore/", workflow.postmortem_restore, name="postmortem-restore"),
    path(f"{RECORD}return/", workflow.postmortem_return, name="postmortem-return"),
    path(
        f"{RECORD}readers/",
        workflow.postmortem_visibility,
        name="postmortem-visibility",
    ),
    path(f"{RECORD}causes/", codings.coding_pick, name="coding-pick"),
    path(
        f"{RECORD}causes/add/<slug:slug>/", codings.coding_create, name="coding-create"
    ),
    path(f"{CODING}edit/", codings.coding_edit, name="coding-edit"),
    path(f"{CODING}remove/", codings.coding_remove, name="coding-remove"),
    path(SECOND, second_coding.second_coding_page, name="second-coding"),
    path(
        f"{SECOND}invite/",
        second_coding.second_coding_invite,
        name="second-coding-invite",
    ),
    path(
        f"{SECOND}submit/",
        second_coding.second_coding_submit,
        name="second-coding-submit",
    ),
    path(
        f"{SECOND}decide/",
        second_coding.second_coding_decide,
        name="second-coding-decide",
    ),
    path(
        f"{SECOND}causes/", second_coding.second_coding_pick, name="second-coding-pick"
    ),
    path(
        f"{SECOND}causes/<slug:slug>/",
        second_coding.second_coding_add,
        name="second-coding-add",
    ),
    path(
        f"{JUDGEMENT}edit/", second_coding.second_coding_edit, name="second-coding-edit"
    ),
    path(
        f"{JUDGEMENT}remove/",
        second_coding.second_coding_remove,
        name="second-coding-remove",
    ),
    path(f"{RECORD}timeline/add/", parts.timeline_create, name="timeline-create"),
    path(f"{ENTRY}edit/", parts.timeline_edit, name="timeline-edit"),
    path(f"{ENTRY}remove/", parts.timeline_remove, name="timeline-remove"),
    path(f"{RECORD}actions/add/", parts.action_create, name="action-create"),
    path(f"{ACTION}edit/", parts.action_edit, name="action-edit"),
    path(f"{ACTION}move/", parts.action_move, name="action-move"),
    path(f"{ACTION}remove/", parts.action_remove, name="action-remove"),
]

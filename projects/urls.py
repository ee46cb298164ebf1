"""Pages of projects."""

from django.urls import path

from projects.views import (
    answer_history,
    assessments,
    backtests,
    comparisons,
    draft_steps,
    drafts,
    evidence,
    mitigations,
    outcomes,
    overrides,
    projects,
    questionnaire_files,
    questionnaires,
    reassessments,
    results,
    review_acts,
    reviews,
    scenarios,
    sections,
    survey_imports,
    trials,
    version_differences,
    version_moves,
)

app_name = "projects"

urlpatterns = [
    path("projects/", projects.project_list, name="project-list"),
    path("projects/new/", projects.project_create, name="project-create"),
    path("projects/<uuid:pk>/", projects.project_detail, name="project-detail"),
    *[
        path(
            f"projects/<uuid:pk>/{section}/",
            projects.project_detail,
            {"section": section},
            name=f"project-{section}",
        )
        for section in ("assessments", "mitigations", "outcome", "history")
    ],
    path("projects/<uuid:pk>/edit/", projects.project_edit, name="project-edit"),
    path(
        "projects/<uuid:pk>/compare/",
        comparisons.project_compare,
        name="project-compare",
    ),
    path(
        "projects/<uuid:pk>/reassess/",
        reassessments.project_reassess,
        name="project-reassess",
    ),
    path(
        "projects/<uuid:pk>/outcomes/new/",
        outcomes.outcome_create,
        name="outcome-create",
    ),
    path(
        "outcomes/<uuid:pk>/postmortem/",
        outcomes.outcome_postmortem,
        name="outcome-postmortem",
    ),
    path(
        "projects/<uuid:pk>/mitigations/new/",
        mitigations.mitigation_create,
        name="mitigation-create",
    ),
    path(
        "mitigations/<uuid:pk>/edit/",
        mitigations.mitigation_edit,
        name="mitigation-edit",
    ),
    path(
        "mitigations/<uuid:pk>/state/",
        mitigations.mitigation_state,
        name="mitigation-state",
    ),
]

urlpatterns += [
    path("assessments/", assessments.assessment_list, name="assessment-list"),
    path("assessments/start/", assessments.assessment_start, name="assessment-start"),
    path(
        "assessments/<uuid:pk>/",
        assessments.assessment_detail,
        name="assessment-detail",
    ),
    path(
        "assessments/<uuid:pk>/sections/<slug:section>/",
        sections.assessment_section,
        name="assessment-section",
    ),
    path(
        "assessments/<uuid:pk>/answers/<slug:question>/",
        sections.assessment_answer,
        name="assessment-answer",
    ),
    path(
        "assessments/<uuid:pk>/estimate/",
        assessments.assessment_estimate,
        name="assessment-estimate",
    ),
    path(
        "assessments/<uuid:pk>/check/",
        assessments.assessment_check,
        name="assessment-check",
    ),
    path(
        "assessments/<uuid:pk>/submit/",
        assessments.assessment_submit,
        name="assessment-submit",
    ),
    path(
        "assessments/<uuid:pk>/history/",
        answer_history.assessment_history,
        name="assessment-history",
    ),
    path(
        "assessments/<uuid:pk>/evidence/<slug:question>/",
        evidence.assessment_evidence,
        name="assessment-evidence",
    ),
    path("evidence/<uuid:pk>/", evidence.evidence_file, name="evidence-file"),
    path(
        "evidence/<uuid:pk>/remove/", evidence.evidence_remove, name="evidence-remove"
    ),
    path(
        "assessments/<uuid:pk>/move/",
        version_moves.assessment_move,
        name="assessment-move",
    ),
    path(
        "assessments/<uuid:pk>/result/",
        results.assessment_result,
        name="assessment-result",
    ),
    path(
        "questionnaires/", questionnaires.questionnaire_list, name="questionnaire-list"
    ),
    path(
        "questionnaires/<slug:code>/<int:number>/",
        questionnaires.questionnaire_detail,
        name="questionnaire-detail",
    ),
    path(
        "questionnaires/<slug:code>/<int:number>/files/<slug:kind>/",
        questionnaire_files.questionnaire_file,
        name="questionnaire-file",
    ),
]

DRAFT, VERSION = (
    "questionnaires/drafts/<uuid:pk>/",
    "questionnaires/versions/<uuid:pk>/",
)
urlpatterns += [
    path(
        "questionnaires/new/", drafts.questionnaire_create, name="questionnaire-create"
    ),
    path(
        "questionnaires/import/",
        survey_imports.questionnaire_import,
        name="questionnaire-import",
    ),
    path(
        f"{DRAFT}import/",
        survey_imports.questionnaire_import_report,
        name="questionnaire-import-report",
    ),
    path(DRAFT, drafts.questionnaire_draft, name="questionnaire-draft"),
    path(f"{DRAFT}check/", drafts.questionnaire_check, name="questionnaire-check"),
    path(f"{DRAFT}trial/", trials.questionnaire_trial, name="questionnaire-trial"),
    *[
        path(
            f"{DRAFT}{step}/",
            getattr(draft_steps, f"questionnaire_{step.replace('-', '_')}"),
            name=f"questionnaire-{step}",
        )
        for step in ("send", "take-back", "send-back", "publish", "delete")
    ],
    path(f"{VERSION}copy/", draft_steps.questionnaire_copy, name="questionnaire-copy"),
    path(
        f"{VERSION}difference/",
        version_differences.questionnaire_difference,
        name="questionnaire-difference",
    ),
    path(
        f"{VERSION}retire/",
        draft_steps.questionnaire_retire,
        name="questionnaire-retire",
    ),
    path(
        f"{VERSION}backtests/",
        backtests.questionnaire_backtest,
        name="questionnaire-backtest",
    ),
    path(
        "questionnaires/backtests/<uuid:pk>/",
        backtests.questionnaire_backtest_result,
        name="questionnaire-backtest-result",
    ),
    path(
        "questionnaires/backtests/<uuid:pk>/progress/",
        backtests.questionnaire_backtest_progress,
        name="questionnaire-backtest-progress",
    ),
]

REVIEW = "assessments/<uuid:pk>/review/"
urlpatterns += [
    path(
        "assessments/reviews/",
        reviews.assessment_review_list,
        name="assessment-review-list",
    ),
    path(REVIEW, reviews.assessment_review, name="assessment-review"),
    path(f"{REVIEW}decision/", reviews.assessment_decide, name="assessment-decide"),
    path(f"{REVIEW}reviewers/", review_acts.reviewer_ask, name="reviewer-ask"),
    path(
        f"{REVIEW}reviewers/<uuid:review>/relieve/",
        review_acts.reviewer_relieve,
        name="reviewer-relieve",
    ),
    path(
        f"{REVIEW}reviewers/<uuid:review>/verdict/",
        review_acts.review_verdict,
        name="review-verdict",
    ),
    path(f"{REVIEW}threads/", review_acts.thread_open, name="thread-open"),
    path(f"{REVIEW}threads/<uuid:thread>/", review_acts.thread_act, name="thread-act"),
    path(
        "assessments/<uuid:pk>/gates/<slug:gate>/override/",
        overrides.assessment_override,
        name="assessment-override",
    ),
    path(
        "assessments/<uuid:pk>/overrides/<uuid:override>/",
        overrides.override_decide,
        name="override-decide",
    ),
]

WHAT_IF = "assessments/<uuid:pk>/what-if/"
urlpatterns += [
    path(WHAT_IF, scenarios.assessment_what_if, name="assessment-what-if"),
    path(
        f"{WHAT_IF}next-steps/",
        scenarios.assessment_next_steps,
        name="assessment-next-steps",
    ),
    path(f"{WHAT_IF}new/", scenarios.scenario_create, name="scenario-create"),
    path(f"{WHAT_IF}smallest/", scenarios.scenario_smallest, name="scenario-smallest"),
    path(f"{WHAT_IF}<uuid:scenario>/", scenarios.scenario_edit, name="scenario-edit"),
    path(
        f"{WHAT_IF}<uuid:scenario>/delete/",
        scenarios.scenario_delete,
        name="scenario-delete",
    ),
]

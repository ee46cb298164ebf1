"""Addresses of projects below /api/v1/."""

from typing import Any

from django.urls import path

from projects.api.views import (
    answer_history,
    assessments,
    backtests,
    comparisons,
    evidence,
    mitigations,
    outcomes,
    overrides,
    projects,
    questionnaire_schema,
    questionnaires,
    reviews,
    scenarios,
    survey_imports,
    threads,
    version_moves,
)
from riskbase.shared.api.files import FileRenderer

LIST_AND_CREATE: dict[str, Any] = {"get": "list", "post": "create"}
SHOW_AND_CHANGE: dict[str, Any] = {"get": "retrieve", "patch": "partial_update"}
QUESTIONNAIRE_STEPS = (
    ("differences", "get"),
    ("findings", "get"),
    ("check", "post"),
    ("send", "post"),
    ("take-back", "post"),
    ("send-back", "post"),
    ("publish", "post"),
    ("retire", "post"),
)

urlpatterns = [
    path(
        "projects/",
        projects.ProjectViewSet.as_view(LIST_AND_CREATE),
        name="api-project-list",
    ),
    path(
        "projects/<uuid:pk>/",
        projects.ProjectViewSet.as_view(SHOW_AND_CHANGE),
        name="api-project-detail",
    ),
    path(
        "projects/<uuid:project>/comparison/",
        comparisons.ProjectComparisonView.as_view(),
        name="api-project-comparison",
    ),
    path(
        "projects/<uuid:project>/causes/",
        projects.ProjectCausesView.as_view(),
        name="api-project-cause-list",
    ),
    path(
        "projects/<uuid:project>/outcomes/",
        outcomes.OutcomeViewSet.as_view(LIST_AND_CREATE),
        name="api-outcome-list",
    ),
    path(
        "projects/<uuid:project>/mitigations/",
        mitigations.MitigationViewSet.as_view(LIST_AND_CREATE),
        name="api-mitigation-list",
    ),
    path(
        "projects/<uuid:project>/mitigations/<uuid:pk>/",
        mitigations.MitigationViewSet.as_view(SHOW_AND_CHANGE),
        name="api-mitigation-detail",
    ),
    path(
        "outcomes/<uuid:pk>/postmortem/",
        outcomes.OutcomePostmortemView.as_view({"post": "create"}),
        name="api-outcome-postmortem",
    ),
]

urlpatterns += [
    path(
        "questionnaires/",
        questionnaires.QuestionnaireViewSet.as_view(LIST_AND_CREATE),
        name="api-questionnaire-list",
    ),
    path(
        "questionnaires/schema/",
        questionnaire_schema.QuestionnaireSchemaView.as_view(),
        name="api-questionnaire-schema",
    ),
    path(
        "questionnaires/import/",
        survey_imports.SurveyImportView.as_view(),
        name="api-questionnaire-import",
    ),
    path(
        "questionnaires/<uuid:pk>/",
        questionnaires.QuestionnaireViewSet.as_view(
            {**SHOW_AND_CHANGE, "delete": "destroy"}
        ),
        name="api-questionnaire-detail",
    ),
    *[
        path(
            f"questionnaires/<uuid:pk>/{step}/",
            questionnaires.QuestionnaireStepViewSet.as_view(
                {method: step.replace("-", "_")}, needs_match=step == "publish"
            ),
            name=f"api-questionnaire-{step}",
        )
        for step, method in QUESTIONNAIRE_STEPS
    ],
    path(
        "questionnaires/<uuid:version>/backtests/",
        backtests.BacktestViewSet.as_view(LIST_AND_CREATE),
        name="api-questionnaire-backtest-list",
    ),
    path(
        "backtests/<uuid:pk>/",
        backtests.BacktestViewSet.as_view({"get": "retrieve"}),
        name="api-backtest-detail",
    ),
    path(
        "backtests/<uuid:backtest>/lines/",
        backtests.BacktestLineViewSet.as_view({"get": "list"}),
        name="api-backtest-line-list",
    ),
    path(
        "questionnaires/<uuid:pk>/files/<slug:kind>/",
        questionnaires.QuestionnaireViewSet.as_view(
            {"get": "file"}, renderer_classes=[FileRenderer]
        ),
        name="api-questionnaire-file",
    ),
    path(
        "assessments/",
        assessments.AssessmentViewSet.as_view(LIST_AND_CREATE),
        name="api-assessment-list",
    ),
    path(
        "assessments/<uuid:pk>/",
        assessments.AssessmentViewSet.as_view(SHOW_AND_CHANGE),
        name="api-assessment-detail",
    ),
    path(
        "assessments/<uuid:pk>/answers/",
        assessments.AssessmentViewSet.as_view({"patch": "answer_many"}),
        name="api-assessment-answers",
    ),
    path(
        "assessments/<uuid:pk>/answers/<slug:question>/",
        assessments.AssessmentViewSet.as_view({"put": "answer"}),
        name="api-assessment-answer",
    ),
    path(
        "assessments/<uuid:pk>/submit/",
        assessments.AssessmentViewSet.as_view({"post": "submit"}),
        name="api-assessment-submit",
    ),
    path(
        "assessments/<uuid:pk>/result/",
        assessments.AssessmentViewSet.as_view({"get": "result"}),
        name="api-assessment-result",
    ),
]

ASSESSMENT = "assessments/<uuid:assessment>/"
DECISION = reviews.AssessmentDecisionViewSet
urlpatterns += [
    path(
        f"{ASSESSMENT}section-reviews/",
        reviews.SectionReviewViewSet.as_view(LIST_AND_CREATE),
        name="api-assessment-review-list",
    ),
    path(
        f"{ASSESSMENT}section-reviews/<uuid:pk>/",
        reviews.SectionReviewViewSet.as_view(SHOW_AND_CHANGE | {"delete": "destroy"}),
        name="api-assessment-review-detail",
    ),
    path(
        f"{ASSESSMENT}threads/",
        threads.ThreadViewSet.as_view(LIST_AND_CREATE),
        name="api-assessment-thread-list",
    ),
    path(
        f"{ASSESSMENT}threads/<uuid:pk>/",
        threads.ThreadViewSet.as_view(SHOW_AND_CHANGE),
        name="api-assessment-thread-detail",
    ),
    path(
        f"{ASSESSMENT}threads/<uuid:thread>/comments/",
        threads.CommentViewSet.as_view(LIST_AND_CREATE),
        name="api-assessment-comment-list",
    ),
    path(
        f"{ASSESSMENT}overrides/",
        overrides.OverrideViewSet.as_view(LIST_AND_CREATE),
        name="api-assessment-override-list",
    ),
    path(
        f"{ASSESSMENT}overrides/<uuid:pk>/",
        overrides.OverrideViewSet.as_view(SHOW_AND_CHANGE),
        name="api-assessment-override-detail",
    ),
    path(
        "assessments/<uuid:pk>/request-changes/",
        DECISION.as_view({"post": "request_changes"}),
        name="api-assessment-request-changes",
    ),
    path(
        "assessments/<uuid:pk>/approve/",
        DECISION.as_view({"post": "approve"}),
        name="api-assessment-approve",
    ),
    path(
        "assessments/<uuid:pk>/reject/",
        DECISION.as_view({"post": "reject"}),
        name="api-assessment-reject",
    ),
]

EVIDENCE = evidence.EvidenceViewSet
urlpatterns += [
    path(
        f"{ASSESSMENT}evidence/",
        EVIDENCE.as_view(LIST_AND_CREATE),
        name="api-assessment-evidence-list",
    ),
    path(
        f"{ASSESSMENT}evidence/<uuid:pk>/",
        EVIDENCE.as_view({"get": "retrieve", "delete": "destroy"}),
        name="api-assessment-evidence-detail",
    ),
    path(
        f"{ASSESSMENT}evidence/<uuid:pk>/content/",
        EVIDENCE.as_view({"get": "content"}, renderer_classes=[FileRenderer]),
        name="api-assessment-evidence-content",
    ),
    path(
        f"{ASSESSMENT}history/",
        answer_history.AnswerHistoryViewSet.as_view({"get": "list"}),
        name="api-assessment-history-list",
    ),
    path(
        "assessments/<uuid:pk>/move/",
        version_moves.AssessmentMoveViewSet.as_view(
            {"get": "preview", "post": "move"}, needs_match=True
        ),
        name="api-assessment-move",
    ),
]

WHAT_IF = scenarios.WhatIfViewSet
urlpatterns += [
    path(
        f"{ASSESSMENT}scenarios/",
        scenarios.ScenarioViewSet.as_view(LIST_AND_CREATE),
        name="api-assessment-scenario-list",
    ),
    path(
        f"{ASSESSMENT}scenarios/<uuid:pk>/",
        scenarios.ScenarioViewSet.as_view(SHOW_AND_CHANGE | {"delete": "destroy"}),
        name="api-assessment-scenario-detail",
    ),
    path(
        f"{ASSESSMENT}what-if/",
        WHAT_IF.as_view({"post": "compute"}),
        name="api-assessment-what-if",
    ),
    path(
        f"{ASSESSMENT}smallest-change/",
        WHAT_IF.as_view({"get": "smallest_change"}),
        name="api-assessment-smallest-change",
    ),
    path(
        f"{ASSESSMENT}telling-questions/",
        WHAT_IF.as_view({"get": "telling_questions"}),
        name="api-assessment-telling-questions",
    ),
]

"""Addresses of the reports below /api/v1/."""

from django.urls import path

from portfolio.api.views import JobViewSet, RefreshView, RegisterViewSet, report_view

REPORTS = {
    "summary": "Counts, tiers, outcomes, failure rate, and what is missing",
    "base-rates": "Base rate of every cause, raw and shrunken, beside the literature",
    "pareto": "Which causes make most of the failures and of their cost",
    "stage-matrix": "Stage introduced by stage detected",
    "trend": "Failure rate over rolling years",
    "failure-rate": "Failed among closed projects, with coverage",
}

urlpatterns = [
    *[
        path(f"reports/{name}/", report_view(name, words), name=f"api-report-{name}")
        for name, words in REPORTS.items()
    ],
    path(
        "reports/register/",
        RegisterViewSet.as_view({"get": "list"}),
        name="api-report-register",
    ),
    path("reports/refresh/", RefreshView.as_view(), name="api-report-refresh"),
    path(
        "jobs/<uuid:pk>/",
        JobViewSet.as_view({"get": "retrieve"}),
        name="api-job-detail",
    ),
]

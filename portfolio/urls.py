"""Pages about the whole: first page, register, statistics, background work."""

from django.urls import path

from portfolio.views import dashboard, jobs, register, statistics

app_name = "portfolio"

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("register/", register.register, name="register"),
    path("statistics/", statistics.statistics, name="statistics"),
    path(
        "statistics/progress/",
        statistics.statistics_progress,
        name="statistics-progress",
    ),
    path(
        "statistics/refresh/", statistics.statistics_refresh, name="statistics-refresh"
    ),
    path(
        "statistics/download/<slug:report>.csv",
        statistics.statistics_download,
        name="statistics-download",
    ),
    path("jobs/", jobs.job_list, name="job-list"),
    path("jobs/<uuid:pk>/retry/", jobs.job_retry, name="job-retry"),
]

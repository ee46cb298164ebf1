"""Pages of the audit trail."""

from django.urls import path

from riskbase.shared.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.event_list, name="event-list"),
    path("<uuid:pk>/", views.event_detail, name="event-detail"),
]

"""Addresses without a slash at the end, as health probes write them."""

from django.urls import path

from riskbase.shared.health import views

urlpatterns = [
    path("live", views.live, name="health-live"),
    path("ready", views.ready, name="health-ready"),
]

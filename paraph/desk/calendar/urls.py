"""Addresses of the calendar of deadlines."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.show, name="calendar"),
    path("filters/", views.filters, name="calendar-filters"),
]

"""Addresses of the rules of stages."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.rules, name="rule-list"),
    path("new/", views.create, name="rule-create"),
    path("<int:pk>/", views.change, name="rule-change"),
    path("<int:pk>/try/", views.attempt, name="rule-try"),
    path("<int:pk>/switch/", views.switch, name="rule-switch"),
    path("<int:pk>/delete/", views.delete, name="rule-delete"),
]

"""Addresses of timelines: of a row by its noun."""

from django.urls import path

from . import views

urlpatterns = [path("<slug:noun>/<int:pk>/", views.story, name="story")]

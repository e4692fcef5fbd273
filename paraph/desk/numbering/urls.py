"""Addresses of series of numbers."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.series_list, name="series-list"),
    path("new/", views.create, name="series-create"),
    path("<int:pk>/", views.edit, name="series-edit"),
    path("<int:pk>/delete/", views.delete, name="series-delete"),
]

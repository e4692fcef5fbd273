"""Addresses of the pipelines and their stages."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.pipelines, name="pipeline-list"),
    path("new/", views.create, name="pipeline-create"),
    path("<int:pk>/", views.change, name="pipeline-change"),
    path("<int:pk>/delete/", views.delete, name="pipeline-delete"),
    path("<int:pk>/stages/", views.add, name="stage-add"),
    path("stages/<int:pk>/", views.stage, name="stage-change"),
    path("stages/<int:pk>/remove/", views.remove, name="stage-remove"),
]

"""Addresses of templates."""

from django.urls import path

from . import trying, views

urlpatterns = [
    path("", views.template_list, name="template-list"),
    path("new/", views.create, name="template-create"),
    path("fields/", trying.fields, name="template-fields"),
    path("<int:pk>/", views.detail, name="template-detail"),
    path("<int:pk>/edit/", views.edit, name="template-edit"),
    path("<int:pk>/versions/", views.add_version, name="template-version-add"),
    path("<int:pk>/versions/<int:number>/", views.download, name="template-version"),
    path("<int:pk>/print/", trying.test_print, name="template-print"),
    path("<int:pk>/delete/", views.delete, name="template-delete"),
]

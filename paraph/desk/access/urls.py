"""Addresses of the access permissions."""

from django.urls import path

from . import roles, views

urlpatterns = [
    path("", views.matrix, name="access"),
    path("save/", views.save, name="access-save"),
    path("who/", views.who, name="access-who"),
    path("roles/new/", roles.create, name="role-create"),
    path("roles/<int:pk>/", roles.detail, name="role-detail"),
    path("roles/<int:pk>/rename/", roles.rename, name="role-rename"),
    path("roles/<int:pk>/delete/", roles.delete, name="role-delete"),
    path("roles/<int:pk>/give/", roles.give, name="role-give"),
    path("given/<int:pk>/take/", roles.take, name="role-take"),
]

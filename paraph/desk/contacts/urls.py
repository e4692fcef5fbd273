"""Addresses of the directory."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.contact_list, name="contact-list"),
    path("new/", views.create, name="contact-create"),
    path("<int:pk>/", views.detail, name="contact-detail"),
    path("<int:pk>/edit/", views.edit, name="contact-edit"),
    path("<int:pk>/delete/", views.delete, name="contact-delete"),
]

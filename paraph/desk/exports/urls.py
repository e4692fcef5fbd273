"""Address of the export."""

from django.urls import path

from . import views

urlpatterns = [path("", views.export, name="contact-export")]

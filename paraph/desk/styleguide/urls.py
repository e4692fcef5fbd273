"""Address of the gallery."""

from django.urls import path

from . import views

urlpatterns = [path("", views.gallery, name="styleguide")]

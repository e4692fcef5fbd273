"""Addresses of the Mailbox."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.mailbox, name="mailbox"),
    path("<int:pk>/", views.message, name="mailbox-message"),
    path("<int:pk>/letter/", views.letter, name="mailbox-letter"),
]

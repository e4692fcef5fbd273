"""Addresses of the board."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.board, name="board"),
    path("<str:stage>/", views.column, name="board-column"),
]

"""Addresses of comments: of a row by its noun, and of one comment."""

from django.urls import path

from . import views

urlpatterns = [
    path("<str:noun>/<int:pk>/", views.thread, name="comment-list"),
    path("<str:noun>/<int:pk>/write/", views.write, name="comment-write"),
    path("<str:noun>/<int:pk>/colleagues/", views.colleagues, name="comment-colleagues"),
    path("<int:pk>/edit/", views.edit, name="comment-edit"),
    path("<int:pk>/withdraw/", views.withdraw, name="comment-withdraw"),
]

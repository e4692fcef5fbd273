"""Addresses of the stack: what waits, what was chosen, reading, and what became of it."""

from django.urls import path

from . import reading, views

urlpatterns = [
    path("", views.waiting, name="stack"),
    path("<int:pk>/", views.sign, name="stack-sign"),
    path("<int:pk>/code/", views.code, name="stack-code"),
    path("<int:pk>/passkey/", views.passkey, name="stack-passkey"),
    path("<int:pk>/progress/", views.progress, name="stack-progress"),
    path("read/<int:party>/", reading.read, name="stack-read"),
    path("read/<int:party>/<int:document>/<int:page>/", reading.page, name="stack-page"),
    path("read/<int:party>/<str:kind>.png", reading.picture, name="stack-picture"),
]

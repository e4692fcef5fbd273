"""Addresses of our companies and those of our clients."""

from django.urls import path

from paraph.desk.lists.views import addresses

from . import views
from .listing import COMPANIES

urlpatterns = [
    *addresses(COMPANIES),
    path("ours/", views.ours, name="company-ours"),
    path("new/", views.create, name="company-create"),
    path("<int:pk>/", views.detail, name="company-detail"),
    path("<int:pk>/edit/", views.edit, name="company-edit"),
    path("<int:pk>/delete/", views.delete, name="company-delete"),
    path("<int:pk>/pictures/<str:picture>/", views.picture, name="company-picture"),
    path("<int:pk>/pictures/<str:picture>/set/", views.set_one, name="company-picture-set"),
]

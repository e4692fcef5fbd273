"""Addresses of our companies and those of our clients."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.company_list, name="company-list"),
    path("ours/", views.ours, name="company-ours"),
    path("new/", views.create, name="company-create"),
    path("<int:pk>/", views.edit, name="company-edit"),
    path("<int:pk>/pictures/<str:picture>/", views.picture, name="company-picture"),
    path("<int:pk>/pictures/<str:picture>/set/", views.set_one, name="company-picture-set"),
]

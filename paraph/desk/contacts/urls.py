"""Addresses of the directory."""

from django.urls import path

from paraph.desk.lists.views import addresses

from . import duplicates, further, merging, page, views
from .directory import DIRECTORY

urlpatterns = [
    *addresses(DIRECTORY),
    path("new/", views.create, name="contact-create"),
    path("choose/companies/", views.companies, name="contact-companies"),
    path("merge/", merging.merge, name="contact-merge"),
    path("merges/<int:pk>/undo/", merging.undo, name="contact-merge-undo"),
    path("duplicates/", duplicates.duplicates, name="contact-duplicates"),
    path("duplicates/scan/", duplicates.scan, name="contact-duplicates-scan"),
    path("duplicates/apart/", duplicates.apart, name="contact-duplicates-apart"),
    path("fields/", further.fields, name="contact-field-list"),
    path("fields/new/", further.create, name="contact-field-create"),
    path("fields/<int:pk>/", further.edit, name="contact-field-edit"),
    path("fields/<int:pk>/<slug:verb>/", further.arrange, name="contact-field-arrange"),
    path("<int:pk>/", page.detail, name="contact-detail"),
    path("<int:pk>/lines/<slug:name>/", page.fact, name="contact-fact"),
    path("<int:pk>/edit/", views.edit, name="contact-edit"),
    path("<int:pk>/complete/", views.complete, name="contact-complete"),
    path("<int:pk>/delete/", views.delete, name="contact-delete"),
]

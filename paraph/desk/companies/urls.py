"""Addresses of our companies and those of our clients."""

from django.urls import path

from paraph.desk.lists.views import addresses

from . import duplicates, exporting, merging, sealing, views
from .listing import COMPANIES

urlpatterns = [
    *addresses(COMPANIES),
    path("ours/", views.ours, name="company-ours"),
    path("export/xlsx/", exporting.export, {"format": "xlsx"}, name="company-export-xlsx"),
    path("export/csv/", exporting.export, {"format": "csv"}, name="company-export-csv"),
    path("new/", views.create, name="company-create"),
    path("merge/", merging.merge, name="company-merge"),
    path("merges/<int:pk>/undo/", merging.undo, name="company-merge-undo"),
    path("duplicates/", duplicates.duplicates, name="company-duplicates"),
    path("duplicates/scan/", duplicates.scan, name="company-duplicates-scan"),
    path("duplicates/apart/", duplicates.apart, name="company-duplicates-apart"),
    path("<int:pk>/", views.detail, name="company-detail"),
    path("<int:pk>/edit/", views.edit, name="company-edit"),
    path("<int:pk>/delete/", views.delete, name="company-delete"),
    path("<int:pk>/seal/", sealing.give, name="company-seal"),
    path("<int:pk>/seal/remove/", sealing.remove, name="company-seal-remove"),
    path("<int:pk>/pictures/<str:picture>/", views.picture, name="company-picture"),
    path("<int:pk>/pictures/<str:picture>/set/", views.set_one, name="company-picture-set"),
]

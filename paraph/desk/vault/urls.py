"""Addresses of the vault."""

from django.urls import path

from paraph.desk.lists.views import addresses

from . import exporting, views
from .rooms import VAULT

urlpatterns = [
    *addresses(VAULT),
    path("export/xlsx/", exporting.export, {"format": "xlsx"}, name="vault-export-xlsx"),
    path("export/csv/", exporting.export, {"format": "csv"}, name="vault-export-csv"),
    path("<int:pk>/", views.detail, name="vault-detail"),
    path("<int:pk>/text/", views.text, name="vault-text"),
    path("<int:pk>/pages/<int:page>/", views.page, name="vault-page"),
    path("<int:pk>/file/", views.download, name="vault-file"),
    path("<int:pk>/evidence/", views.evidence, name="vault-evidence"),
    path("<int:pk>/certificate/", views.certificate, name="vault-certificate"),
]

"""Addresses of the vault."""

from django.urls import path

from paraph.desk.lists.views import addresses

from . import archiving, erasing, exporting, holding, leaving, views
from .rooms import VAULT

urlpatterns = [
    *addresses(VAULT),
    path("export/xlsx/", exporting.export, {"format": "xlsx"}, name="vault-export-xlsx"),
    path("export/csv/", exporting.export, {"format": "csv"}, name="vault-export-csv"),
    path("archive/", archiving.archive, name="vault-archive"),
    path("archive/take/", archiving.take, name="vault-archive-take"),
    path("people/<int:pk>/", erasing.preview, name="erase-person"),
    path("erasures/", erasing.erasures, name="erasure-list"),
    path("erasures/<int:pk>/", erasing.report, name="erasure-report"),
    path("erasures/<int:pk>/report.txt", erasing.download, name="erasure-file"),
    path("holds/", holding.holds, name="hold-list"),
    path("holds/<int:pk>/lift/", holding.lift, name="hold-lift"),
    path("holds/envelopes/<int:pk>/", holding.hold_envelope, name="hold-envelope"),
    path("holds/contacts/<int:pk>/", holding.hold_contact, name="hold-contact"),
    path("retention/", leaving.retention, name="vault-retention"),
    path("retention/change/", leaving.change, name="vault-retention-change"),
    path("deleted/", leaving.deleted, name="vault-deleted"),
    path("<int:pk>/hold/", holding.hold_file, name="vault-hold"),
    path("<int:pk>/delete/", leaving.destroy, name="vault-destroy"),
    path("<int:pk>/", views.detail, name="vault-detail"),
    path("<int:pk>/text/", views.text, name="vault-text"),
    path("<int:pk>/pages/<int:page>/", views.page, name="vault-page"),
    path("<int:pk>/file/", views.download, name="vault-file"),
    path("<int:pk>/evidence/", views.evidence, name="vault-evidence"),
    path("<int:pk>/certificate/", views.certificate, name="vault-certificate"),
]

"""Addresses of deals: the board, the list, a deal and its tabs."""

from django.urls import include, path

from paraph.desk.lists.views import addresses

from . import board, choosing, editing, exporting, products, views
from .listing import DEALS

urlpatterns = [
    path("", board.board, name="deal-board"),
    path("columns/<int:stage>/", board.column, name="deal-column"),
    path("list/", include(addresses(DEALS))),
    path("export/xlsx/", exporting.export, {"format": "xlsx"}, name="deal-export-xlsx"),
    path("export/csv/", exporting.export, {"format": "csv"}, name="deal-export-csv"),
    path("new/", editing.create, name="deal-create"),
    path("choose/companies/", choosing.companies, name="deal-companies"),
    path("choose/people/", choosing.people, name="deal-people"),
    path("<int:pk>/", views.detail, name="deal-detail"),
    path("<int:pk>/edit/", editing.edit, name="deal-edit"),
    path("<int:pk>/move/", board.move, name="deal-move"),
    path("<int:pk>/products/", products.products, name="deal-products"),
    path("<int:pk>/documents/", views.documents, name="deal-documents"),
    path("<int:pk>/remark/", views.comment, name="deal-comment"),
    path("<int:pk>/reason/", views.explain, name="deal-explain"),
    path("<int:pk>/people/", views.add, name="deal-person-add"),
    path("<int:pk>/people/<int:contact>/remove/", views.remove, name="deal-person-remove"),
    path("<int:pk>/delete/", views.delete, name="deal-delete"),
]

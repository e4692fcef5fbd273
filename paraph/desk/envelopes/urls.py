"""Addresses of *Sign and manage*: the list, the four steps, and what one does afterwards."""

from django.urls import path

from paraph.desk.lists.views import addresses

from . import (
    agreeing,
    enclosing,
    evidence,
    following,
    last_look,
    levers,
    placing,
    preparing,
    seating,
    views,
)
from .room import ENVELOPES, download, export

urlpatterns = [
    *addresses(ENVELOPES),
    path("list/download/", download, name="envelope-list-download"),
    path("list/xlsx/", export, {"format": "xlsx"}, name="envelope-list-xlsx"),
    path("list/csv/", export, {"format": "csv"}, name="envelope-list-csv"),
    path("new/", enclosing.new, name="envelope-new"),
    path("clients/", preparing.clients, name="envelope-clients"),
    path("<int:pk>/", views.detail, name="envelope-detail"),
    path("<int:pk>/document/", enclosing.document, name="envelope-document"),
    path("<int:pk>/documents/<int:document>/", enclosing.enclosure, name="envelope-enclosure"),
    path("<int:pk>/parties/", preparing.parties, name="envelope-parties"),
    path("people/", seating.people, name="envelope-people"),
    path("<int:pk>/parties/add/", seating.add, name="envelope-party-add"),
    path("<int:pk>/parties/group/", seating.group, name="envelope-group"),
    path("<int:pk>/parties/<int:party>/move/", seating.move, name="envelope-party-move"),
    path("<int:pk>/parties/<int:party>/change/", seating.change, name="envelope-party-change"),
    path("<int:pk>/parties/<int:party>/agree/", agreeing.agree, name="envelope-party-agree"),
    path("<int:pk>/parties/<int:party>/remove/", seating.remove, name="envelope-party-remove"),
    path("<int:pk>/requisites/<int:company>/", seating.requisites, name="envelope-requisites"),
    path("<int:pk>/title/", preparing.title, name="envelope-title"),
    path("<int:pk>/fields/", placing.fields, name="envelope-fields"),
    path("<int:pk>/fields/save/", placing.save, name="envelope-fields-save"),
    path("<int:pk>/fields/suggest/", placing.suggest, name="envelope-fields-suggest"),
    path("<int:pk>/review/", last_look.review, name="envelope-review"),
    path("<int:pk>/manner/", last_look.manner, name="envelope-manner"),
    path("<int:pk>/parties/<int:party>/preview/", last_look.preview, name="envelope-preview"),
    path("<int:pk>/send/", following.send, name="envelope-send"),
    path("<int:pk>/cancel/", following.cancel, name="envelope-cancel"),
    path("<int:pk>/delete/", following.delete, name="envelope-delete"),
    path("<int:pk>/copy/", following.copy, name="envelope-copy"),
    path("<int:pk>/file/", views.download, name="envelope-file"),
    path("<int:pk>/evidence/<int:document>.zip", evidence.evidence, name="envelope-evidence"),
    path(
        "<int:pk>/certificate/<int:document>.pdf",
        evidence.certificate,
        name="envelope-certificate",
    ),
    path("<int:pk>/remind/", levers.remind_all, name="envelope-remind"),
    path("<int:pk>/time/", levers.more_time, name="envelope-time"),
    path("<int:pk>/correct/", levers.correct, name="envelope-correct"),
    path("<int:pk>/questions/<int:question>/", levers.answer, name="envelope-answer"),
    path("<int:pk>/parties/<int:party>/reach/", levers.correct_reach, name="party-reach"),
    path("<int:pk>/parties/<int:party>/replace/", levers.replace, name="party-replace"),
    path("<int:pk>/parties/<int:party>/withdraw/", levers.withdraw, name="party-withdraw"),
    path("<int:pk>/parties/<int:party>/remind/", following.remind, name="party-remind"),
    path("<int:pk>/parties/<int:party>/link/", following.new_link, name="party-link"),
    path(
        "<int:pk>/parties/<int:party>/link/close/", following.close_links, name="party-link-close"
    ),
    path(
        "<int:pk>/parties/<int:party>/link/copy/", following.link_to_copy, name="party-link-copy"
    ),
]

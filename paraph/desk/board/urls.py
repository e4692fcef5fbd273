"""Addresses of the board: its columns, what changes on it, its cards, and its arrangement."""

from django.urls import path

from paraph.desk.lists.views import some_addresses

from . import arranging, look, moving, views
from .room import BOARD

urlpatterns = [
    path("", views.board, name="board"),
    path("changes/", views.changes, name="board-changes"),
    path("columns/<int:stage>/", views.column, name="board-column"),
    path("columns/<int:stage>/count/", views.count, name="board-column-count"),
    path("columns/<int:stage>/sight/", views.sight, name="board-sight"),
    path("lanes/", views.lanes, name="board-lanes"),
    path("lane/", views.lane, name="board-lane"),
    path("cards/<int:pk>/", look.look, name="board-card"),
    path("cards/<int:pk>/undo/", moving.undo, name="board-undo"),
    path("cards/<int:pk>/<slug:move>/", moving.move, name="board-move"),
    *some_addresses(BOARD, "filters", "presets"),
    path("stages/", arranging.stages, name="board-stages"),
    path("stages/new/", arranging.add, name="board-stage-add"),
    path("stages/<int:pk>/", arranging.change, name="board-stage-change"),
    path("stages/<int:pk>/merge/", arranging.merge, name="board-stage-merge"),
]

"""``{{ card|drawn }}``: a card of the board."""

from django import template

from paraph.desk.board.drawing import drawn

register = template.Library()
register.filter(drawn)

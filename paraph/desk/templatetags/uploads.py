"""What the upload of a document offers, for pages whose form is written by hand."""

from django import template

from paraph.desk.documents.accepting import accepted_kinds, accepted_words

register = template.Library()
register.simple_tag(accepted_kinds)
register.simple_tag(accepted_words)

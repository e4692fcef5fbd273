"""The pages of employees: one include a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("paraph.desk.frame.urls")),
    path("styleguide/", include("paraph.desk.styleguide.urls")),
    path("", include("paraph.desk.start.urls")),
    path("access/", include("paraph.desk.access.urls")),
    path("people/", include("paraph.desk.people.urls")),
    path("", include("paraph.desk.people.doors")),
    path("contacts/", include("paraph.desk.contacts.urls")),
    path("contacts/import/", include("paraph.desk.imports.urls")),
    path("contacts/export/", include("paraph.desk.exports.urls")),
    path("batches/", include("paraph.desk.batches.urls")),
    path("", include("paraph.desk.generating.urls")),
    path("templates/", include("paraph.desk.document_templates.urls")),
    path("numbering/", include("paraph.desk.numbering.urls")),
    path("deals/", include("paraph.desk.deals.urls")),
    path("pipelines/", include("paraph.desk.pipelines.urls")),
    path("companies/", include("paraph.desk.companies.urls")),
    path("documents/", include("paraph.desk.documents.urls")),
    path("envelopes/", include("paraph.desk.envelopes.urls")),
    path("stack/", include("paraph.desk.stack.urls")),
    path("board/", include("paraph.desk.board.urls")),
    path("team/", include("paraph.desk.team.urls")),
    path("vault/", include("paraph.desk.vault.urls")),
    path("campaigns/", include("paraph.desk.campaigns.urls")),
    path("connections/", include("paraph.desk.connections.urls")),
    path("texts/", include("paraph.desk.texts.urls")),
    path("keys/", include("paraph.desk.keys.urls")),
    path("mailbox/", include("paraph.desk.mailbox.urls")),
]

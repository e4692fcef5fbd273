"""The search indexes of contacts and companies."""

from django.db import migrations

from paraph.kit.migrating import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]
    operations = [
        SearchIndex(
            "contacts",
            "contact",
            ["company_key", "responsible_key", "position_key"],
            is_walked=True,
        ),
        SearchIndex("contacts", "company"),
    ]

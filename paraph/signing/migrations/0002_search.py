"""The search index of envelopes."""

from django.db import migrations

from paraph.kit.migrating import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]
    operations = [SearchIndex("signing", "envelope", ["client_key"])]

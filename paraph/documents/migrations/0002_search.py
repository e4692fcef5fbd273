"""The search index of documents."""

from django.db import migrations

from paraph.kit.migrating import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [SearchIndex("documents", "document")]

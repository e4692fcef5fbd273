"""The search index of deals."""

from django.db import migrations

from paraph.kit.migrating import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("sales", "0001_initial")]
    operations = [SearchIndex("sales", "deal")]

"""The search indexes of campaigns and segments."""

from django.db import migrations

from paraph.kit.migrating import SearchIndex


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial")]
    operations = [SearchIndex("campaigns", "campaign"), SearchIndex("campaigns", "segment")]

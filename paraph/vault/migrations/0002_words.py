"""The index of what signed files say."""

from django.db import migrations

from paraph.kit.migrating import WordIndex


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]
    operations = [WordIndex("vault", "fulltext")]

"""Let facts and their mentions only be added."""

from django.db import migrations

from paraph.kit.migrating import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [AppendOnly("journal", "fact"), AppendOnly("journal", "mention")]

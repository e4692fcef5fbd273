"""Let facts, their mentions and the log only be added to."""

from django.db import migrations

from paraph.kit.migrating import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        AppendOnly("journal", "fact"),
        AppendOnly("journal", "mention"),
        AppendOnly("journal", "logentry"),
        AppendOnly("journal", "logcheckpoint"),
    ]

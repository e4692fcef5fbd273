"""The index of what signed files say, and the order of their lists."""

from django.db import migrations

from paraph.kit.migrating import ByLetters, WordIndex


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]
    operations = [
        WordIndex("vault", "fulltext"),
        ByLetters("vault", "signedfile", ["title_key", "client_key"]),
    ]

"""Extensions of PostgreSQL that the portal stands on (all come with PostgreSQL 15 and with the embedded default)."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []  # noqa: RUF012
    operations = [TrigramExtension(), UnaccentExtension(), BtreeGistExtension()]  # noqa: RUF012

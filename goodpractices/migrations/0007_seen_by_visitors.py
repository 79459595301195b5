"""Practices that visitors reported were seen by somebody: their level is the second."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("goodpractices", "0006_adoptions"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE goodpractices_goodpractice SET evidence_level = 1 WHERE kind = 'trainee'",
            migrations.RunSQL.noop,
        ),
    ]

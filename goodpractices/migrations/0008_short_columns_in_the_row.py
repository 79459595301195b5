from django.db import migrations

COLUMNS = ("title", "sort_title", "host_name", "city", "sectors", "target_groups")


def storage(kind: str) -> str:
    columns = ", ".join(f"ALTER COLUMN {name} SET STORAGE {kind}" for name in COLUMNS)
    return f"ALTER TABLE goodpractices_goodpractice {columns}"


class Migration(migrations.Migration):
    """What lists, orders and counts read of each practice stays in its row (see the same for hosts)."""

    dependencies = [("goodpractices", "0007_seen_by_visitors")]

    operations = [
        migrations.RunSQL(storage("MAIN"), storage("EXTENDED")),
        migrations.RunSQL(
            [
                "ALTER TABLE goodpractices_goodpractice DISABLE TRIGGER USER",
                "UPDATE goodpractices_goodpractice SET title = title || '', sort_title = sort_title || '', "
                "host_name = host_name || '', city = city || '', sectors = sectors || '{}', "
                "target_groups = target_groups || '{}'",
                "ALTER TABLE goodpractices_goodpractice ENABLE TRIGGER USER",
            ],
            migrations.RunSQL.noop,
        ),
    ]

"""A migrated database to copy test databases from: made once for each set of migrations, then a copy
takes 0.1 s.
"""

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from ecett.runtime.places import ROOT

# An advisory lock of the cluster: parallel test processes make the template one after the other.
LOCK_NUMBER = 0x656365


def template_name(root: Path = ROOT) -> str:
    """A name that changes with every migration, every model that migrations read, and every package."""
    digest = hashlib.sha256((root / "requirements.lock").read_bytes())
    skipped = {".venv", "var", ".sysroot", "node_modules"}
    folders = [folder for folder in sorted(root.iterdir()) if folder.is_dir() and folder.name not in skipped]
    for folder in folders:
        for path in sorted(folder.rglob("migrations/*.py")):
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return f"template_{digest.hexdigest()[:12]}"


def ensure_template(database_url: str) -> str:
    """The name of the migrated template in the cluster of ``database_url``, which is made when it is
    missing.
    """
    name = template_name()
    maintenance = urlunsplit(urlsplit(database_url)._replace(path="/postgres"))
    with closing(psycopg2.connect(maintenance)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%'")
            present = [row[0] for row in cursor.fetchall()]
            if name not in present:
                make(cursor, name, database_url)
                for old in present:
                    # Another checkout's run may be copying it: then it stays until next time.
                    try:
                        cursor.execute(f'DROP DATABASE "{old}"')
                    except psycopg2.OperationalError:
                        continue
    return name


def make(cursor: "psycopg2.extensions.cursor", name: str, database_url: str) -> None:
    """Migrates a draft database and gives it the template's name when all went well."""
    draft = f"draft_{name}"
    cursor.execute(f'DROP DATABASE IF EXISTS "{draft}" WITH (FORCE)')
    cursor.execute(f"CREATE DATABASE \"{draft}\" TEMPLATE template0 ENCODING 'UTF8'")
    address = urlunsplit(urlsplit(database_url)._replace(path=f"/{draft}"))
    result = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--no-input"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(ROOT)},
    )
    if result.returncode != 0:
        raise RuntimeError(f"The test database could not be migrated:\n{result.stdout}{result.stderr}")
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')

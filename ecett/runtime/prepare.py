"""What `up` does between the servers and the pages, in two processes side by side: `database` and `files`."""

import argparse
import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO


def step(name: str, work: Callable[[], object]) -> None:
    """Does one step and says how long it took (in one line: another process writes beside us)."""
    started = time.monotonic()
    work()
    print(f"  {name:<18}{time.monotonic() - started:6.1f} s", flush=True)


def main(arguments: list[str]) -> int:
    """Prepares the database or the files; gives the exit status."""
    parser = argparse.ArgumentParser(prog="ecett.runtime.prepare")
    parser.add_argument("part", choices=["database", "files"])
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--accounts", type=Path, help="where the table of demo accounts is written")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--scale", type=int)
    options = parser.parse_args(arguments)

    import django
    from django.core.management import CommandError

    try:
        django.setup()
        with options.log.open("a") as log:
            if options.part == "files":
                prepare_files(log)
            else:
                prepare_database(options, log)
    except CommandError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


def prepare_files(log: TextIO) -> None:
    """Fonts and stylesheet, static files; what the commands say goes to the log."""
    from django.conf import settings
    from django.core.management import call_command

    step("fonts and styles", lambda: call_command("build_assets", stdout=log))
    # The settings list this folder only when it is there as they are read.
    assets = Path(settings.ASSETS_DIR)
    if assets not in settings.STATICFILES_DIRS:
        settings.STATICFILES_DIRS = [assets, *settings.STATICFILES_DIRS]
    step("static files", collect_static)


def collect_static() -> None:
    """Runs collectstatic when a static file has changed since the last time (it hashes and compresses
    them all).
    """
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            info = Path(storage.path(path)).stat()
            digest.update(f"{path} {info.st_size} {info.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT).with_name("static.digest")
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(digest.hexdigest())


def prepare_database(options: argparse.Namespace, log: TextIO) -> None:
    """Tables, reference data and, in demo mode, demo data; what the commands say goes to the log."""
    from django.conf import settings
    from django.core.management import call_command

    step("tables", lambda: call_command("migrate", verbosity=0, interactive=False))
    step("reference data", lambda: call_command("load_reference", stdout=log))
    options.accounts.unlink(missing_ok=True)
    if not settings.DEMO_MODE:
        return
    if not options.empty:
        scale = {} if options.scale is None else {"scale": options.scale}
        step("demo data", lambda: call_command("seed_demo", if_empty=True, stdout=log, **scale))
    with options.accounts.open("w") as file:
        call_command("demo_accounts", stdout=file)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

"""What `up` does between the servers and the pages: tables, reference data, assets, demo data. One Django
start.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO


def step(name: str, work: Callable[[], object]) -> None:
    """Does one step and says how long it took."""
    started = time.monotonic()
    print(f"  {name:<18}", end="", flush=True)
    work()
    print(f"{time.monotonic() - started:6.1f} s", flush=True)


def main(arguments: list[str]) -> int:
    """Prepares the database and the assets; writes the table of demo accounts to ``--accounts FILE``."""
    parser = argparse.ArgumentParser(prog="ecett.runtime.prepare")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--scale", type=int)
    parser.add_argument("--accounts", type=Path, required=True)
    options = parser.parse_args(arguments)

    import django

    from ecett.runtime import catalogues

    catalogues.compile_all()
    django.setup()
    with Path(os.environ["ECETT_PREPARE_LOG"]).open("a") as quiet:
        prepare(options, quiet)
    return 0


def prepare(options: argparse.Namespace, quiet: TextIO) -> None:
    """The steps, in order; what the commands say goes to ``quiet``."""
    from django.conf import settings
    from django.core.management import call_command

    step("tables", lambda: call_command("migrate", verbosity=0, interactive=False))
    step("reference data", lambda: call_command("load_reference", stdout=quiet))
    step("assets", lambda: call_command("build_assets", stdout=quiet))
    # The settings list this folder only when it is there as they are read.
    assets = Path(settings.ASSETS_DIR)
    if assets not in settings.STATICFILES_DIRS:
        settings.STATICFILES_DIRS = [assets, *settings.STATICFILES_DIRS]
    step("static files", lambda: call_command("collectstatic", verbosity=0, interactive=False))
    options.accounts.unlink(missing_ok=True)
    if settings.DEMO_MODE:
        if not options.empty:
            scale = {} if options.scale is None else {"scale": options.scale}
            step("demo data", lambda: call_command("seed_demo", if_empty=True, stdout=quiet, **scale))
        with options.accounts.open("w") as file:
            call_command("demo_accounts", stdout=file)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

"""`manage.py test [words for pytest]`: the whole suite with real servers and a real browser."""

import os
import sys

from ecett.runtime import places, system

# Words of pytest that say how parallel to run, or that need one process.
PARALLEL_WORDS = ("-n", "--numprocesses", "--dist", "--pdb", "--trace")


def main(argv: list[str]) -> int:
    """Becomes pytest, whose exit status decides; ecett.runtime.testing (its plugin) starts the servers."""
    system.ensure_pango()
    browser = system.ensure_browser()
    system.enter_sysroot(argv)
    os.environ["DJANGO_SETTINGS_MODULE"] = "ecett.settings.test"
    if browser:
        os.environ["ECETT_BROWSER"] = str(browser)
    words = argv[2:]
    command = [sys.executable, "-m", "pytest", *words]
    if not any(word.startswith(PARALLEL_WORDS) for word in words):
        command[3:3] = ["-n", "2"]
    sys.stdout.flush()
    os.chdir(places.ROOT)
    os.execv(command[0], command)

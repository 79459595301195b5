#!/usr/bin/env python3
"""The portal's one command. `up` starts it, `test` checks it, anything else is a Django management command.

Runs with any Python from 3.11 and nothing installed: packages are put into .venv first
(ecett/runtime/bootstrap.py).
"""

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"


def packages_ready() -> bool:
    """True when this Python is the one of .venv and .venv holds exactly what requirements.lock asks for."""
    if os.environ.get("ECETT_NO_BOOTSTRAP"):
        return True
    stamp = VENV / "requirements.sha256"
    if Path(sys.prefix).resolve() != VENV.resolve() or not stamp.is_file():
        return False
    return stamp.read_text() == hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()


def keep_bytecode() -> None:
    """Lets Python keep what it compiles in var/bytecode where it may not write beside the code
    (PYTHONDONTWRITEBYTECODE): the portal is several processes, and each would compile thousands of files anew.
    """
    folder = Path(os.environ.get("ECETT_VAR") or ROOT / "var").resolve() / "bytecode"
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(folder)
    del os.environ["PYTHONDONTWRITEBYTECODE"]
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


if __name__ == "__main__":
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        keep_bytecode()
    if not packages_ready():
        bootstrap = str(ROOT / "ecett" / "runtime" / "bootstrap.py")
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, bootstrap, *sys.argv[1:]])
    os.environ.pop("ECETT_HANDED_OVER", None)
    from ecett.runtime.cli import main

    sys.exit(main(sys.argv))

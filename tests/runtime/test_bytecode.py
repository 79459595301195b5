"""Where Python may write nothing beside the code, what it compiles is kept with the other data."""

import os
import subprocess
import sys
from pathlib import Path

from ecett.runtime import places


def test_closed_folders_get_no_bytecode_and_the_next_start_compiles_nothing(tmp_path: Path) -> None:
    def start() -> dict[str, float]:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "ECETT_VAR": str(tmp_path)}
        environment.pop("PYTHONPYCACHEPREFIX", None)
        command = [sys.executable, "manage.py", "version"]
        subprocess.run(command, check=True, capture_output=True, cwd=places.ROOT, env=environment)
        kept = tmp_path / "bytecode"
        return {str(path.relative_to(kept)): path.stat().st_mtime for path in kept.rglob("*.pyc")}

    first = start()
    assert any("/django/conf/__init__." in name for name in first)
    assert start() == first

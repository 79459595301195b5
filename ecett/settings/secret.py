"""The secret key: from the environment, or made once and kept beside the data."""

import os
import secrets
from pathlib import Path

from environ import Env


def secret_key(env: Env, var_dir: Path) -> str:
    """The key of ``SECRET_KEY``, or that of ``var/keys/secret``, which is written on first use (mode 0600)."""
    given = env("SECRET_KEY", default="")
    if given:
        return str(given)
    path = Path(env("ECETT_SECRET_KEY_FILE", default=str(var_dir / "keys" / "secret")))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # The first process to come writes the whole key under another name and links it: the others never see half a key.
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_text(secrets.token_urlsafe(50))
        draft.chmod(0o600)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()

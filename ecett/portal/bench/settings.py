"""The portal's settings with more addresses to compare with; files, letters and keys that nobody keeps."""

from pathlib import Path

from ecett.settings.base import *  # noqa: F403
from ecett.settings.base import VAR_DIR

ROOT_URLCONF = "ecett.portal.bench.urls"
MEDIA_ROOT = Path(VAR_DIR) / "bench" / "media"
KEYS_DIR = Path(VAR_DIR) / "bench" / "keys"
EMAIL_FILE_PATH = str(Path(VAR_DIR) / "bench" / "mail")

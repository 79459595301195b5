"""Settings of the tests: real servers, quick passwords, strict templates."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)

from ecett.settings.base import *  # noqa: F403
from ecett.settings.base import CACHES, TEMPLATES

DEMO_MODE = os.environ.get("ECETT_DEMO", "1") == "1"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
LANGUAGE_CODE = "en"
ACCOUNT_RATE_LIMITS = False
API_QUESTIONS_A_MINUTE = EXPORTS_A_MINUTE = 1_000_000


class UndefinedVariable(str):
    """Put where a template names a variable that does not exist: the test fails and names it."""

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, missing: object) -> str:
        raise AssertionError(f"undefined template variable: {missing}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")  # type: ignore[index]
CACHES["default"]["KEY_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "main")

"""Tests: real servers, cheap password hashing, plain static files."""

import os
import tempfile
from pathlib import Path

from riskbase.settings.base import *
from riskbase.settings.logs import logging_config

SECRET_KEY = "tests-only-key-that-guards-nothing-and-is-long-enough"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
EVIDENCE_ROOT = Path(tempfile.gettempdir()) / f"riskbase-evidence-{os.getuid()}"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
LOGGING = logging_config(level="WARNING", as_json=False)
# A pool would keep connections open when the test database is dropped.
DATABASES["default"]["OPTIONS"] = {
    name: value
    for name, value in DATABASES["default"]["OPTIONS"].items()
    if name != "pool"
}
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
ACCOUNT_RATE_LIMITS = False

"""One machine: `make run` and development."""

from riskbase.settings.running import adopt

adopt()

from riskbase.settings.base import *
from riskbase.settings.env import env
from riskbase.settings.logs import logging_config

SECRET_KEY = SECRET_KEY or "development-only-key-replaced-by-make-run-with-its-own"
DEBUG = env.bool("DEBUG", False)
LOGGING = logging_config(as_json=False)
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012"]

"""What a log line tells, and what it must not."""

import logging
import logging.config

import pytest

from riskbase.settings.logs import logging_config


@pytest.mark.parametrize("as_json", [True, False])
def test_traceback_tells_no_local_variable(as_json):
    formatter = formatter_of(logging_config(as_json=as_json))
    secret = "a-secret-word"
    try:
        raise ValueError
    except ValueError as error:
        record = logging.LogRecord(
            "x",
            logging.ERROR,
            __file__,
            1,
            "it failed",
            (),
            (ValueError, error, error.__traceback__),
        )
    line = formatter.format(record)
    assert "it failed" in line
    assert "Traceback" in line
    assert secret not in line


def formatter_of(config):
    options = dict(config["formatters"]["line"])
    return options.pop("()")(**options)

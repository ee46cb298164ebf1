"""Logging: one line an event, with the request id; JSON outside a terminal."""

from typing import Any

import structlog


def _request_id(
    _logger: Any, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return structlog.contextvars.merge_contextvars(_logger, _name, event)


PROCESSORS: list[Any] = [
    _request_id,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(*, level: str = "INFO", as_json: bool = True) -> dict[str, Any]:
    """Return the dictConfig for standard logging rendered by structlog."""
    structlog.configure(
        processors=[
            *PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        # The pretty traceback would print local variables: passwords, tokens, texts.
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    final: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        renderer,
    ]
    if as_json:
        final.insert(1, structlog.processors.format_exc_info)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": PROCESSORS,
                "processors": final,
            },
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"},
        },
        "root": {"handlers": ["console"], "level": level},
        # The doorbell rings every five seconds; jobs tell of themselves.
        "loggers": {
            name: {"level": "WARNING"}
            for name in (
                *("django.server", "celery.beat"),
                *("celery.worker.strategy", "celery.app.trace"),
            )
        },
    }

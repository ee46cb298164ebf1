"""Asking the web server whether it can serve."""

import http.client
from urllib.parse import urlsplit

PATH = "/health/ready"


def answer_of(address: str) -> str:
    """Return nothing when the server is ready, else what it said instead."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=10
    )
    try:
        connection.request("GET", PATH)
        response = connection.getresponse()
        body = response.read(2000).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return str(error) or type(error).__name__
    finally:
        connection.close()
    return "" if response.status == http.client.OK else f"{response.status}: {body}"

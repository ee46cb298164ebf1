"""Choosing where the web server listens."""

import errno
import socket

ATTEMPTS = 20
UNSPECIFIED = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104


class NoPortError(RuntimeError):
    """No port can be listened on; the text says why."""


def is_free(bind: str, port: int) -> bool:
    """Tell whether somebody could listen there now."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Like the server itself: connections of a past run do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise NoPortError(
                f"Cannot listen on {bind}:{port}: {error.strerror}."
            ) from None
    return True


def free_port(bind: str, wanted: int) -> int:
    """Return the wanted port or the first free one after it."""
    last = min(wanted + ATTEMPTS, 65_535)
    for port in range(wanted, last + 1):
        if is_free(bind, port):
            return port
    raise NoPortError(f"Ports {wanted} to {last} are all in use; set PORT.")


def address_of(bind: str, port: int) -> str:
    """Return the address a browser on this machine opens."""
    host = UNSPECIFIED.get(bind, bind)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

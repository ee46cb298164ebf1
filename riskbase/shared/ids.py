"""Time-ordered identifiers."""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562, section 5.7).

    48 bits of milliseconds, then a 12-bit counter of the sub-millisecond part
    (method 3 of section 6.2), strictly increasing within the process, then 62
    random bits. Made here because PostgreSQL before 18 cannot.
    """
    global _last  # noqa: PLW0603 - a monotonic clock needs one cell of memory
    ticks = time.time_ns() * 4096 // 1_000_000
    with _lock:
        ticks = max(ticks, _last + 1)
        _last = ticks
    milliseconds, fraction = divmod(ticks, 4096)
    value = (
        (milliseconds & 0xFFFFFFFFFFFF) << 80
        | 0x7 << 76
        | fraction << 64
        | 0b10 << 62
        | int.from_bytes(os.urandom(8), "big") >> 2
    )
    return uuid.UUID(int=value)

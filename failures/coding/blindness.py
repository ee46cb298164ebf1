"""When the causes of a record are told to nobody but the one who coded them."""

SEVERE = frozenset({"high", "critical"})
OWN = "own"


def needs_second(origin: str, severity: str) -> bool:
    """Return whether two people have to code the record apart.

    Only records of own projects are coded here; an outside case comes with its causes.
    """
    return origin == OWN and severity in SEVERE


def is_sealed(
    origin: str,
    severity: str,
    *,
    is_frozen: bool,
    is_invited: bool,
    is_handed_in: bool,
    is_revealed: bool,
) -> bool:
    """Return whether each side's coding is hidden from the other.

    From the moment two are needed, or a second coder is asked, until both have
    submitted; a first coding that waits for its comparison stays sealed whatever is
    changed meanwhile. What is approved already has been seen.
    """
    wanted = needs_second(origin, severity) or is_invited or is_handed_in
    return wanted and not is_frozen and not is_revealed

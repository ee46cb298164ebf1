"""What a failure cost: the parts, and the loss that they amount to."""

from collections.abc import Mapping

PARTS = ("spent", "wasted", "remediation", "opportunity")
"""Spent on the project; of that wasted; spent on putting it right; missed meanwhile."""
LOST = ("wasted", "remediation", "opportunity")
AMOUNTS = ("cost", *PARTS)
"""The loss altogether, then its parts; all of one record are in one currency."""
COLUMN = {name: f"{name}_minor" for name in AMOUNTS}
"""Amount -> field that holds it in minor units."""


def loss(amounts: Mapping[str, int | None]) -> int | None:
    """Return the loss altogether in minor units; None when nothing of it is known.

    As stated, else what was wasted, the remediation and the missed opportunity added
    up. What was spent is no loss as such.
    """
    if (stated := amounts.get("cost")) is not None:
        return stated
    known = [part for name in LOST if (part := amounts.get(name)) is not None]
    return sum(known) if known else None

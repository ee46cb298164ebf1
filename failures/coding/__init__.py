"""What codings of causes amount to, as plain values."""

from failures.coding.blindness import is_sealed, needs_second
from failures.coding.counting import counted_causes

__all__ = ["counted_causes", "is_sealed", "needs_second"]

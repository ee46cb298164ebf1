"""What codings of causes amount to, as plain values."""

from failures.coding.blindness import is_sealed, needs_second
from failures.coding.counting import counted_causes
from failures.coding.persons import is_human_error

__all__ = ["counted_causes", "is_human_error", "is_sealed", "needs_second"]

"""What could go wrong, before it does."""

"""What a snapshot says of one scope, and its parts as tables."""

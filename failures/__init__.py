"""What we know about how ML projects fail."""

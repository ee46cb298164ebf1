"""What the numbers are and how they are protected: plain values in and out."""

METHOD_VERSION = "1.0"
"""Changes whenever a definition does, so that stored results say which they used."""

"""Numbers across everything; writes only its own snapshots."""

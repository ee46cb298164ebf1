"""Everything `make run` starts, kept running and ended together."""

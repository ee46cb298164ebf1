"""People, units and roles."""

"""Real PostgreSQL and Valkey servers, started from wheels, for one machine."""

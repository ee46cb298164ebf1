"""Who may do what on the routes of failures."""

from tests.access.rows import Table

TABLE: Table = {}

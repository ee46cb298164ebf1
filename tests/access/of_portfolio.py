"""Who may do what on the routes of portfolio."""

from tests.access.rows import Table

TABLE: Table = {}

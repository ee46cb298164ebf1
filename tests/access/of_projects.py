"""Who may do what on the routes of projects."""

from tests.access.rows import Table

TABLE: Table = {}

"""The access table: every route of the product, and who may do what there."""

from tests.access import (
    of_accounts,
    of_failures,
    of_portfolio,
    of_projects,
    of_reviews,
)
from tests.access.rows import Table

PARTS = (of_accounts, of_failures, of_projects, of_reviews, of_portfolio)
TABLE: Table = {}
for part in PARTS:
    TABLE |= part.TABLE

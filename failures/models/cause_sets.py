"""The different sets of causes that records have or had; the database writes them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class CauseSet(models.Model):
    """A set of causes, in the order of the records that have it; never taken back.

    A set that no record has any more is harmless: nothing is found for it.
    """

    digest = models.UUIDField(primary_key=True, editable=False)
    """MD5 of the slugs: an index of the slugs themselves could be too wide."""
    slugs = ArrayField(models.SlugField(max_length=60))

    class Meta:
        indexes = [GinIndex(fields=["slugs"], name="causeset_slugs")]

    def __str__(self) -> str:
        return ", ".join(self.slugs)


KEEP = """
INSERT INTO failures_causeset (digest, slugs)
SELECT DISTINCT md5(array_to_string(cause_slugs, ' '))::uuid, cause_slugs
FROM written WHERE cause_slugs <> '{}'
ORDER BY 1 ON CONFLICT DO NOTHING;
RETURN NULL;
"""
"""Body of the triggers; ordered, lest two writers wait for each other."""

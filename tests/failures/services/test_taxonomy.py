import copy

import pytest

from failures.models import FailureCause, TaxonomyRelease
from failures.services import taxonomy
from failures.taxonomy import DocumentError
from riskbase.shared.events.models import OutboxEvent
from tests.failures.services.conftest import NOW

pytestmark = pytest.mark.django_db


def test_load_publishes_the_tree_and_tells_of_it(release):
    assert taxonomy.load_release(document=release, at=NOW).created == 3
    cause = FailureCause.objects.current().get(slug="lk-time")
    assert cause.parent.slug == "leakage"
    assert OutboxEvent.objects.filter(topic="taxonomy.released").count() == 1


def test_load_again_changes_nothing(release):
    taxonomy.load_release(document=release, at=NOW)
    assert taxonomy.load_release(document=release, at=NOW).unchanged == 3
    assert TaxonomyRelease.objects.count() == 1


def test_release_is_closed_once_published(release):
    taxonomy.load_release(document=release, at=NOW)
    changed = copy.deepcopy(release)
    changed["nodes"][0]["title"]["en"] = "Something else"
    with pytest.raises(taxonomy.TaxonomyConflict):
        taxonomy.load_release(document=changed, at=NOW)


def test_new_release_supersedes_the_old_which_stays(release):
    taxonomy.load_release(document=release, at=NOW)
    taxonomy.load_release(document={**release, "number": 2, "label": "2027.1"}, at=NOW)
    assert TaxonomyRelease.objects.get(is_current=True).number == 2
    assert FailureCause.objects.count() == 6


def test_older_release_loaded_late_does_not_come_into_force(release):
    taxonomy.load_release(document={**release, "number": 2}, at=NOW)
    taxonomy.load_release(document=release, at=NOW)
    assert TaxonomyRelease.objects.get(is_current=True).number == 2


def test_faulty_document_loads_nothing(release):
    release["nodes"][0]["stages"] = ["cooking"]
    with pytest.raises(DocumentError):
        taxonomy.load_release(document=release, at=NOW)
    assert not TaxonomyRelease.objects.exists()

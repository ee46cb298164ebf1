"""Published versions are closed; loading is idempotent."""

import copy

import pytest
from django.core.management import CommandError, call_command

from projects.management.commands.load_questionnaires import SEEDS
from projects.models import QuestionnaireVersion
from projects.scoring import InstrumentError
from projects.services import questionnaires
from riskbase.shared.errors import DomainError
from tests.factories.projects import AT, small_document, taxonomy_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taxonomy(db):
    return taxonomy_of()


def load(document):
    return questionnaires.load(document=document, at=AT)


def test_load_publishes():
    loaded = load(small_document())
    assert loaded.is_new
    assert loaded.version.state == "published"


def test_load_again_changes_nothing():
    first, again = load(small_document()), load(small_document())
    assert again.version == first.version
    assert not again.is_new


def test_load_of_other_content_under_the_number_is_refused():
    load(small_document())
    changed = copy.deepcopy(small_document())
    changed["sections"][0]["questions"][0]["choices"][1]["signal"] = 0.6
    with pytest.raises(DomainError, match="version_closed") as refusal:
        load(changed)
    assert "small version 1" in str(refusal.value.message)


def test_a_higher_number_retires_the_predecessor():
    load(small_document(version=1))
    load(small_document(version=2))
    states = QuestionnaireVersion.objects.values_list("number", "state")
    assert dict(states) == {1: "retired", 2: "published"}


def test_a_lower_number_is_kept_retired():
    load(small_document(version=2))
    assert load(small_document(version=1)).version.state == "retired"


def test_load_of_an_unknown_cause_is_refused():
    document = small_document()
    document["sections"][0]["questions"][0]["weights"] = {"moon-phase": 3}
    with pytest.raises(InstrumentError, match="moon-phase"):
        load(document)


def test_the_command_says_what_is_wrong(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("code: broken\nversion: 1\n")
    with pytest.raises(CommandError, match="line 1: sections: missing"):
        call_command("load_questionnaires", str(broken))


def test_the_command_refuses_what_is_no_document(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("code: broken\ncode: again\n")
    with pytest.raises(CommandError, match="line 2, column 1: the key `code`"):
        call_command("load_questionnaires", str(broken))


def test_the_shipped_files_are_named_after_their_version():
    for path in SEEDS.glob("*.yaml"):
        head = path.read_text(encoding="utf-8").splitlines()[:2]
        code, number = (line.split(": ")[1] for line in head)
        assert path.name == f"{code}-v{number}.yaml"

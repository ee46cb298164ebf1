"""Names of causes follow the release in force."""

import pytest

from projects.selectors.knowledge import Knowledge, knowledge_in_force
from tests.factories.projects import taxonomy_of


@pytest.mark.django_db
def test_name_causes_in_the_order_of_the_tree():
    taxonomy_of()
    knowledge = knowledge_in_force()
    assert knowledge.title("lk-split")["en"] == "Lk split"
    assert knowledge.position("leakage") < knowledge.position("deployment")


def test_show_the_slug_of_a_cause_of_old():
    assert Knowledge().title("gone") == {"en": "gone"}

"""One reading of an assessment serves the whole page."""

import pytest

from projects.scoring.reach import Reach
from projects.selectors.filling import filling_of

pytestmark = pytest.mark.django_db


def test_read_all_with_one_query(draft, django_assert_num_queries):
    draft = type(draft).objects.select_related("questionnaire_version").get()
    with django_assert_num_queries(1):
        filling = filling_of(draft)
        assert filling.progress.settled == 5
    assert filling.reach["who_asked"] is Reach.ASKED
    assert filling.section_of("split") == "data"
    assert filling.section("elsewhere") is None

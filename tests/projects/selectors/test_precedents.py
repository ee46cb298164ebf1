"""What to do next follows from the causes that drive the result."""

from decimal import Decimal

import pytest

from failures.models import Practice
from projects.models import Mitigation
from projects.selectors.filling import filling_of
from projects.selectors.precedents import (
    recommendations,
    similar_cases,
    telling_questions,
)

pytestmark = pytest.mark.django_db


def practice(slug, effect, causes):
    return Practice.objects.create(
        slug=slug,
        title={"en": slug},
        kind="prevent",
        effect=Decimal(effect),
        cause_slugs=causes,
    )


def test_recommend_the_strongest_against_what_drives(run):
    weak = practice("weak", "0.10", ["unclear-problem"])
    strong = practice("strong", "0.50", ["unclear-problem"])
    practice("beside", "0.60", ["other"])
    found = recommendations(run, run.assessment)
    assert [each.practice for each in found] == [strong, weak]


def test_recommend_tells_what_is_planned(run):
    planned = practice("planned", "0.50", ["leakage"])
    Mitigation.objects.create(project=run.assessment.project, practice=planned)
    assert recommendations(run, run.assessment)[0].state == "planned"


def test_tell_open_questions_only(run):
    filling = filling_of(run.assessment)
    codes = {each.code for each in telling_questions(run, filling)}
    assert codes
    assert codes <= {"who_asked", "stable", "share"}


def test_no_case_without_records(run, alice):
    assert similar_cases(run, alice) == []

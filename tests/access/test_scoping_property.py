"""Rows are visible exactly where a naive recomputation over the tree says so."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership, Unit
from failures import exports
from failures.models import Postmortem, PostmortemText
from failures.search import Criteria, find
from failures.selectors.expressions import as_coded
from failures.selectors.precedents import nearest_cases, possible_duplicates
from failures.selectors.records import readable
from failures.selectors.similar import similar_to
from failures.services.copies import refresh_search
from projects.models import Assessment, Project
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.failures import CauseFactory, CodingFactory
from tests.factories.projects import AssessmentFactory, ProjectFactory

ROLES = ("viewer", "contributor", "reviewer", "manager")
RESTRICTED = {"reviewer", "manager"}
STATES = ("draft", "in_review", "published")
VISIBILITIES = ("restricted", "unit", "organization", "shareable")
SEEDS = range(12)


class Naive:
    """The rules said again, over plain parents."""

    def __init__(self, user):
        self.user = user
        self.held = list(
            Membership.objects.filter(user=user).values_list("unit_id", "role")
        )
        self.parent = dict(Unit.objects.values_list("pk", "parent_id"))

    def roles(self, unit):
        above = set()
        while unit is not None:
            above.add(unit)
            unit = self.parent[unit]
        return {role for place, role in self.held if place in above}

    def sees_project(self, project):
        if not self.user.is_active:
            return False
        return self.user.is_superuser or bool(self.roles(project.unit_id))

    def sees_record(self, record):
        if not self.user.is_active or self.user.is_superuser:
            return self.user.is_active
        is_open = record.visibility in {"organization", "shareable"}
        if record.state == "published" and is_open:
            return True
        roles = self.roles(record.unit_id)
        writes = record.author_id == self.user.pk or bool(roles & RESTRICTED)
        is_shown = record.state != "draft" and record.visibility != "restricted"
        return bool(roles) and (writes or is_shown)


def organization_of(seed):
    """Write a random tree with people, projects and records; return the people."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable example
    units = [UnitFactory()]
    for _ in range(chance.randint(2, 7)):
        units.append(UnitFactory(parent=chance.choice([None, *units])))
    people = [UserFactory() for _ in range(5)]
    people.append(UserFactory(is_superuser=True))
    people.append(UserFactory(is_superuser=True, is_active=False))
    people.append(UserFactory(is_active=False))
    for person in people:
        for unit in chance.sample(units, chance.randint(0, min(2, len(units)))):
            role = chance.choice(ROLES)
            Membership.objects.create(user=person, unit=unit, role=role)
    for number in range(12):
        AssessmentFactory(
            project=ProjectFactory(
                unit=chance.choice(units), owner=chance.choice(people)
            )
        )
        state = chance.choice(STATES)
        outside = number % 6 == 0
        Postmortem.objects.create(
            reference=f"PM-{seed}-{number}",
            origin="import" if outside else "own",
            unit=None if outside else chance.choice(units),
            author=None if outside else chance.choice(people),
            state=state,
            visibility=chance.choice(VISIBILITIES),
            published_at="2026-01-01T00:00Z" if state == "published" else None,
        )
    return people


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_visible_where_a_naive_recomputation_says(seed):
    for person in organization_of(seed):
        naive = Naive(person)
        projects = {row for row in Project.objects.all() if naive.sees_project(row)}
        assert set(Project.objects.visible_to(person)) == projects
        assert {
            row.project for row in Assessment.objects.visible_to(person)
        } == projects
        records = {row for row in Postmortem.objects.all() if naive.sees_record(row)}
        assert set(Postmortem.objects.visible_to(person)) == records
        assert set(readable(person)) == records


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_no_channel_tells_of_a_record_that_may_not_be_read(seed):
    people = organization_of(seed)
    cause = CauseFactory(slug="leakage")
    for record in Postmortem.objects.all():
        title = f"Alarms of shops rang {record.reference}"
        PostmortemText.objects.create(postmortem=record, language="en", title=title)
        CodingFactory(postmortem=record, cause=cause)
    refresh_search(Postmortem.objects.values_list("pk", flat=True))
    for person in people:
        naive = Naive(person)
        records = {row for row in Postmortem.objects.all() if naive.sees_record(row)}
        published = {row for row in records if row.state == "published"}
        words = Criteria(q="alarms")
        hits = find(user=person, criteria=words, language="en", size=100).items
        assert {hit.postmortem for hit in hits} == records
        assert set(exports.found(user=person, criteria=words)) == records
        assert set(exports.found(user=person, criteria=Criteria())) == records
        alike = possible_duplicates(user=person, title="Alarms of shops rang", limit=99)
        assert {text.postmortem for text in alike} == records
        near = nearest_cases(user=person, profile={"leakage": 1.0}, limit=99)
        assert {case.postmortem for case in near} == published
        coded = as_coded(person)
        told = sum(count for causes in coded.values() for count in causes.values())
        assert told == len(published)
        for record in records:
            found = similar_to(user=person, postmortem=record, limit=99)
            assert {hit.postmortem for hit in found} == published - {record}


@pytest.mark.django_db
def test_no_row_is_listed_twice_whatever_the_roles(alice, retail, pricing):
    for role in ("viewer", "reviewer"):
        Membership.objects.create(user=alice, unit=pricing, role=role)
    ProjectFactory(unit=pricing)
    Postmortem.objects.create(reference="PM-1", unit=pricing, author=alice)
    assert Project.objects.visible_to(alice).count() == 1
    assert Postmortem.objects.visible_to(alice).count() == 1
    found = find(user=alice, criteria=Criteria(), language="en")
    assert len(found.items) == 1


@pytest.mark.django_db
def test_nobody_sees_nothing(retail):
    ProjectFactory(unit=retail)
    Postmortem.objects.create(
        reference="PM-1",
        unit=retail,
        state="published",
        visibility="shareable",
        published_at="2026-01-01T00:00Z",
    )
    for model in (Project, Postmortem, Assessment, Unit):
        assert not model.objects.visible_to(AnonymousUser()).exists()

"""Who may do what in a project: alice manages, carol contributes, bob reviews."""

import pytest

from failures.models import Practice
from projects import permissions
from projects.models import GateOverride, Mitigation, Thread
from projects.services import reviews
from tests.factories.projects import AssessmentFactory, ProjectFactory
from tests.projects.reviewing import submitted

pytestmark = pytest.mark.django_db
PEOPLE = ("alice", "carol", "bob", "vera", "charlie", "admin")


@pytest.fixture
def people(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


@pytest.fixture
def project(retail, people):
    return ProjectFactory(unit=retail, owner=people["alice"])


def allowed(people, predicate, *about):
    return {name for name, user in people.items() if predicate(user, *about)}


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (permissions.can_assess, {"alice", "carol", "admin"}),
        (permissions.can_edit_project, {"alice", "admin"}),
        (permissions.can_record_outcome, {"alice", "admin"}),
        (permissions.can_log_postmortem, {"alice", "carol", "admin"}),
        (permissions.can_mitigate, {"alice", "carol", "admin"}),
        (permissions.can_review, {"alice", "bob", "admin"}),
    ],
)
def test_act_in_a_project_by_role(people, project, predicate, expected):
    assert allowed(people, predicate, project) == expected


def test_create_by_role_and_unit(people, retail, elsewhere):
    may_create = permissions.can_create_project
    assert allowed(people, may_create, retail) == {"alice", "carol", "admin"}
    assert allowed(people, may_create, elsewhere) == {"charlie", "admin"}
    assert allowed(people, may_create) == {"alice", "carol", "charlie", "admin"}


def test_own_a_project_and_do_everything_in_it(people, retail):
    own = ProjectFactory(unit=retail, owner=people["vera"])
    vera = people["vera"]
    assert permissions.can_edit_project(vera, own)
    assert permissions.can_record_outcome(vera, own)
    assert permissions.can_mitigate(vera, own)


def test_own_a_project_outside_ones_units_and_do_nothing_in_it(people, elsewhere):
    own = ProjectFactory(unit=elsewhere, owner=people["vera"])
    assert not permissions.can_edit_project(people["vera"], own)


def test_move_a_project_only_where_one_edits(people, elsewhere):
    place = permissions.can_place_project
    assert allowed(people, place, elsewhere) == {"charlie", "admin"}


def test_verify_what_another_owns_and_take_back_what_does_not_hold(people, project):
    practice = Practice.objects.create(
        slug="p", title={}, kind="prevent", effect=0, cause_slugs=[]
    )
    mitigation = Mitigation.objects.create(
        project=project, practice=practice, owner=people["alice"], state="implemented"
    )
    verify = permissions.can_verify
    assert allowed(people, verify, mitigation) == {"bob", "admin"}
    move = permissions.can_move
    assert allowed(people, move, mitigation, "verified") == {"bob", "admin"}
    assert allowed(people, move, mitigation, "dropped") == {"alice", "carol", "admin"}
    mitigation.state = "verified"
    takers = {"alice", "bob", "carol", "admin"}
    assert allowed(people, move, mitigation, "implemented") == takers


def test_start_no_assessment_of_a_closed_project(people, retail):
    closed = ProjectFactory(unit=retail, state="closed")
    assert allowed(people, permissions.can_assess, closed) == set()


def test_answer_a_draft_only(people, project):
    draft = AssessmentFactory(project=project)
    assert allowed(people, permissions.can_answer, draft) == {"alice", "carol", "admin"}
    draft.state = "submitted"
    assert allowed(people, permissions.can_submit, draft) == set()


@pytest.fixture
def review(retail, people):
    """Alice, a manager, submitted what bob is asked about."""
    assessment = submitted(retail, people["alice"])
    return reviews.assign(
        assessment=assessment, reviewer=people["bob"], by=people["alice"]
    )[0]


def test_judge_but_never_ones_own_submission(people, review):
    about = review.assessment
    assert allowed(people, permissions.can_judge, about) == {"bob", "admin"}
    discussing = {"alice", "carol", "bob", "admin"}
    assert allowed(people, permissions.can_discuss, about) == discussing


def test_give_the_verdict_one_was_asked_for(people, review):
    assert allowed(people, permissions.can_give_verdict, review) == {"bob"}


def test_settle_a_change_as_reviewer_and_a_plain_question_as_its_opener(people, review):
    def opened(by, **extra):
        return Thread.objects.create(
            assessment=review.assessment, question="split", opened_by=by, **extra
        )

    may_settle = permissions.can_settle
    carol = people["carol"]
    assert allowed(people, may_settle, opened(carol)) == {"carol", "bob", "admin"}
    asking = opened(carol, asks_change=True)
    assert allowed(people, may_settle, asking) == {"bob", "admin"}


def test_decide_an_exception_with_four_eyes(people, review):
    override = GateOverride(
        assessment=review.assessment, gate="x", requested_by=people["carol"]
    )
    by_others = {"bob", "admin"}
    assert allowed(people, permissions.can_decide_override, override) == by_others
    taking_back = {"alice", "carol", "bob", "admin"}
    assert allowed(people, permissions.can_withdraw_override, override) == taking_back
    override.requested_by = people["bob"]
    assert allowed(people, permissions.can_decide_override, override) == {"admin"}
    wanting = {"alice", "carol", "admin"}
    about = review.assessment
    assert allowed(people, permissions.can_request_override, about) == wanting

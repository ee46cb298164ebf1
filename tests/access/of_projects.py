"""Who may do what on the routes of projects."""

from typing import Any

from tests.access.rows import (
    ADMINS,
    ASSESSORS,
    EDITORS,
    EVERYBODY,
    INSIDERS,
    MANAGERS,
    Act,
    Table,
    at,
    inside,
    of_site,
    on,
)

ASSESSED = {"GET": ASSESSORS, "POST": ASSESSORS}
MANAGED = {"GET": MANAGERS, "POST": MANAGERS}
REFUSED_FORM = frozenset({200, 403})
"""A page refuses a stranger's unit as a form error, and writes nothing."""
DONE = frozenset({302})


def new_project(world: Any, place: str) -> dict[str, Any]:
    return {
        "name": "A new project",
        "unit": world.things["unit", place].pk,
        "owner": world.things["owner", place].pk,
        "stage": "problem_framing",
        "sector": "retail",
    }


def new_assessment(world: Any, place: str) -> dict[str, Any]:
    return {
        "which": "existing",
        "questionnaire": world.things["questionnaire version", place].pk,
        "project": world.things["project", place].pk,
    }


def moved_to(state: str, allowed: frozenset[str]) -> dict[str, Act]:
    return {
        "GET": Act(allowed, query=f"?to={state}"),
        "POST": Act(allowed, body=lambda _world, _place: {"to": state}),
    }


PAGES_OF_ONE = ("detail", "assessments", "mitigations", "outcome", "history")
SECTION, QUESTION = {"section": "problem"}, {"question": "stated"}
DRAFT, SUBMITTED = "draft assessment", "submitted assessment"
PROJECTS: Table = {
    "projects:project-list": [at(GET=EVERYBODY)],
    "projects:project-create": [
        at(GET=ASSESSORS),
        inside(
            POST=Act(ASSESSORS, body=new_project, outsider=REFUSED_FORM, granted=DONE)
        ),
    ],
    **{
        f"projects:project-{page}": [
            on("project", GET=INSIDERS),
            on("closed project", GET=INSIDERS),
        ]
        for page in PAGES_OF_ONE
    },
    "projects:project-edit": [on("project", **MANAGED)],
    "projects:outcome-create": [on("project", **MANAGED)],
    "projects:outcome-postmortem": [on("outcome", **ASSESSED)],
    "projects:mitigation-create": [on("project", **ASSESSED)],
    "projects:mitigation-edit": [on("planned mitigation", **ASSESSED)],
    "projects:mitigation-state": [
        on("implemented mitigation", **moved_to("verified", EDITORS)),
        on("implemented mitigation", **moved_to("dropped", ASSESSORS)),
        on("planned mitigation", **moved_to("implemented", ASSESSORS)),
    ],
}
ASSESSMENTS: Table = {
    "projects:assessment-list": [at(GET=EVERYBODY)],
    "projects:assessment-start": [
        at(GET=ASSESSORS),
        inside(
            POST=Act(
                ASSESSORS, body=new_assessment, outsider=REFUSED_FORM, granted=DONE
            )
        ),
    ],
    "projects:assessment-detail": [
        on(DRAFT, GET=INSIDERS),
        on(SUBMITTED, GET=INSIDERS),
    ],
    "projects:assessment-section": [
        on(DRAFT, literal=SECTION, GET=INSIDERS, POST=ASSESSORS),
        # What is submitted is frozen: everybody is sent on to the result.
        on(SUBMITTED, literal=SECTION, GET=INSIDERS, POST=INSIDERS),
    ],
    "projects:assessment-answer": [on(DRAFT, literal=QUESTION, POST=ASSESSORS)],
    "projects:assessment-estimate": [on(DRAFT, **ASSESSED)],
    "projects:assessment-check": [on(DRAFT, GET=INSIDERS)],
    "projects:assessment-submit": [on(DRAFT, POST=ASSESSORS)],
    "projects:assessment-result": [on(SUBMITTED, GET=INSIDERS)],
    "projects:questionnaire-list": [at(GET=EVERYBODY)],
    "projects:questionnaire-detail": [
        at(literal={"code": "small", "number": 1}, GET=EVERYBODY)
    ],
}


def sent(**values: Any) -> Any:
    return lambda _world, _place: values


def doing(allowed: frozenset[str], **values: Any) -> dict[str, Act]:
    return {"POST": Act(allowed, body=sent(**values))}


ASKED = frozenset({"bob", "charlie"})
"""The persona who is asked in each place."""
DISCUSSING = ASSESSORS | EDITORS
REVIEW, ADMINS_REVIEW = (
    {"pk": SUBMITTED, "review": "review"},
    {"pk": SUBMITTED, "review": "admin's review"},
)
THREAD = {"pk": SUBMITTED, "thread": "thread"}
OVERRIDE = {"pk": SUBMITTED, "override": "override"}
REVIEWS: Table = {
    "projects:assessment-review-list": [at(GET=EVERYBODY)],
    "projects:assessment-review": [
        on(SUBMITTED, GET=INSIDERS),
        on(DRAFT, GET=INSIDERS),
    ],
    "projects:assessment-decide": [
        on(SUBMITTED, **doing(EDITORS, act=act))
        for act in ("approve", "reject", "request-changes")
    ],
    "projects:reviewer-ask": [on(SUBMITTED, POST=EDITORS)],
    "projects:reviewer-relieve": [on(REVIEW, POST=EDITORS)],
    "projects:review-verdict": [
        on(REVIEW, **doing(ASKED, verdict="accepted")),
        on(ADMINS_REVIEW, **doing(ADMINS, verdict="accepted")),
    ],
    "projects:thread-open": [
        on(SUBMITTED, **doing(DISCUSSING, question="stated", text="Why?")),
        on(SUBMITTED, **doing(EDITORS, question="stated", text="Why?", act="ask")),
    ],
    "projects:thread-act": [
        on(THREAD, **doing(DISCUSSING, text="So.")),
        on(THREAD, **doing(EDITORS, act="resolve")),
        on(THREAD, **doing(EDITORS, act="ask")),
    ],
    "projects:assessment-override": [
        on(SUBMITTED, literal={"gate": "no_problem"}, **ASSESSED)
    ],
    "projects:override-decide": [
        on(OVERRIDE, **doing(EDITORS, state=state))
        for state in ("approved", "refused", "withdrawn")
    ],
}


def started(world: Any, place: str) -> dict[str, Any]:
    return {"project": world.things["project", place].pk, "questionnaire": "small"}


REFUSED_VALUE = frozenset({400, 403})
MADE = frozenset({201})
OF_PROJECT = {"project": "project"}
PLANNED = {**OF_PROJECT, "pk": "planned mitigation"}
IMPLEMENTED = {"project": "mitigated project", "pk": "implemented mitigation"}
STATED = {"state": "answered", "value": "signed"}
API: Table = {
    "api-project-list": [
        at(GET=EVERYBODY),
        at(GET=Act(EVERYBODY, query="?search=zqprojectrun")),
        inside(
            POST=Act(
                ASSESSORS,
                body=lambda world, place: {
                    "name": "A new project",
                    "sector": "retail",
                    "unit": world.things["unit", place].pk,
                },
                outsider=REFUSED_VALUE,
                granted=MADE,
            )
        ),
    ],
    "api-project-detail": [on("project", GET=INSIDERS, PATCH=MANAGERS)],
    "api-project-cause-list": [on(OF_PROJECT, GET=INSIDERS)],
    "api-outcome-list": [
        on(OF_PROJECT, GET=INSIDERS, POST=MANAGERS),
        on({"project": "closed project"}, GET=INSIDERS),
    ],
    "api-mitigation-list": [on(OF_PROJECT, GET=INSIDERS, POST=ASSESSORS)],
    "api-mitigation-detail": [
        on(PLANNED, GET=INSIDERS, PATCH=ASSESSORS),
        on(IMPLEMENTED, PATCH=Act(EDITORS, body=lambda *_: {"state": "verified"})),
        on(IMPLEMENTED, PATCH=Act(ASSESSORS, body=lambda *_: {"state": "dropped"})),
    ],
    "api-outcome-postmortem": [on("outcome", POST=ASSESSORS)],
    "api-questionnaire-list": [at(GET=EVERYBODY)],
    "api-questionnaire-detail": [of_site("questionnaire version", GET=EVERYBODY)],
    "api-assessment-list": [
        at(GET=EVERYBODY),
        inside(POST=Act(ASSESSORS, body=started, outsider=REFUSED_VALUE, granted=MADE)),
    ],
    "api-assessment-detail": [
        on(DRAFT, GET=INSIDERS, PATCH=ASSESSORS),
        on(SUBMITTED, GET=INSIDERS),
    ],
    "api-assessment-answers": [
        on(
            DRAFT,
            PATCH=Act(ASSESSORS, body=lambda *_: {"answers": {"stated": STATED}}),
        )
    ],
    "api-assessment-answer": [
        on(DRAFT, literal=QUESTION, PUT=Act(ASSESSORS, body=lambda *_: STATED))
    ],
    "api-assessment-submit": [on(DRAFT, POST=ASSESSORS)],
    "api-assessment-result": [on(SUBMITTED, GET=INSIDERS)],
}
IN_ASSESSMENT = {"assessment": SUBMITTED}


def of_assessment(kind: str) -> dict[str, str]:
    return {**IN_ASSESSMENT, "pk": kind}


def patching(allowed: frozenset[str], **values: Any) -> dict[str, Act]:
    return {"PATCH": Act(allowed, body=sent(**values))}


API_REVIEWS: Table = {
    "api-assessment-review-list": [on(IN_ASSESSMENT, GET=INSIDERS, POST=EDITORS)],
    "api-assessment-review-detail": [
        on(
            of_assessment("review"),
            GET=INSIDERS,
            DELETE=EDITORS,
            **patching(ASKED, verdict="accepted"),
        ),
        on(of_assessment("admin's review"), **patching(ADMINS, verdict="accepted")),
    ],
    "api-assessment-thread-list": [
        on(
            IN_ASSESSMENT,
            GET=INSIDERS,
            **doing(DISCUSSING, question="stated", text="Why?"),
        ),
        on(
            IN_ASSESSMENT,
            **doing(EDITORS, question="stated", text="Why?", asks_change=True),
        ),
    ],
    "api-assessment-thread-detail": [
        on(of_assessment("thread"), GET=INSIDERS, **patching(EDITORS, state="open")),
        on(of_assessment("thread"), **patching(EDITORS, asks_change=True)),
    ],
    "api-assessment-comment-list": [
        on(
            {**IN_ASSESSMENT, "thread": "thread"},
            GET=INSIDERS,
            **doing(DISCUSSING, text="So."),
        )
    ],
    "api-assessment-override-list": [on(IN_ASSESSMENT, GET=INSIDERS, POST=ASSESSORS)],
    "api-assessment-override-detail": [
        on(
            of_assessment("override"),
            GET=INSIDERS,
            **patching(EDITORS, state=state),
        )
        for state in ("approved", "refused", "withdrawn")
    ],
    "api-assessment-request-changes": [on(SUBMITTED, POST=EDITORS)],
    "api-assessment-approve": [on(SUBMITTED, POST=EDITORS)],
    "api-assessment-reject": [on(SUBMITTED, POST=EDITORS)],
}
TABLE: Table = PROJECTS | ASSESSMENTS | REVIEWS | API | API_REVIEWS

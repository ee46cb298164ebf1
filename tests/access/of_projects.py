"""Who may do what on the routes of projects."""

from typing import Any

from tests.access.rows import (
    ASSESSORS,
    EDITORS,
    EVERYBODY,
    INSIDERS,
    MANAGERS,
    Act,
    Case,
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
AUTHORS = frozenset({"olga", "admin"})
"""Those who may write questionnaires: by a role at the very top."""


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
    "projects:project-compare": [
        on("project", GET=INSIDERS),
        on("compared project", GET=INSIDERS),
    ],
    "projects:project-reassess": [on("project", **MANAGED)],
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
    "projects:questionnaire-file": [
        at(literal={"code": "small", "number": 1, "kind": kind}, GET=EVERYBODY)
        for kind in ("yaml", "json", "xlsx")
    ],
}


WRITTEN = {"GET": AUTHORS, "POST": AUTHORS}
AUTHORING: Table = {
    "projects:questionnaire-create": [at(**WRITTEN)],
    "projects:questionnaire-import": [at(**WRITTEN)],
    "projects:questionnaire-import-report": [
        of_site("imported version", visible=AUTHORS, GET=AUTHORS)
    ],
    "projects:questionnaire-draft": [
        of_site("draft version", visible=AUTHORS, **WRITTEN),
        of_site("sent version", visible=AUTHORS, GET=AUTHORS),
    ],
    "projects:questionnaire-check": [
        of_site("draft version", visible=AUTHORS, POST=AUTHORS)
    ],
    **{
        f"projects:questionnaire-{page}": [
            of_site("draft version", visible=AUTHORS, **WRITTEN)
        ]
        for page in ("trial", "send", "delete")
    },
    **{
        f"projects:questionnaire-{page}": [
            of_site("sent version", visible=AUTHORS, **WRITTEN)
        ]
        for page in ("take-back", "send-back", "publish")
    },
    "projects:questionnaire-copy": [
        of_site("questionnaire version", POST=AUTHORS),
        of_site("draft version", visible=AUTHORS, POST=AUTHORS),
    ],
    "projects:questionnaire-difference": [
        of_site("questionnaire version", GET=EVERYBODY),
        of_site("draft version", visible=AUTHORS, GET=AUTHORS),
    ],
    "projects:questionnaire-retire": [of_site("questionnaire version", **WRITTEN)],
    "projects:questionnaire-backtest": [
        of_site("questionnaire version", POST=AUTHORS),
        of_site("draft version", visible=AUTHORS, POST=AUTHORS),
    ],
    "projects:questionnaire-backtest-result": [
        of_site("backtest", visible=AUTHORS, GET=AUTHORS)
    ],
    "projects:questionnaire-backtest-progress": [
        of_site("backtest", visible=AUTHORS, GET=AUTHORS)
    ],
}


def of_version(
    kind: str, visible: frozenset[str] = EVERYBODY, **acts: frozenset[str]
) -> Case:
    """A case about what hangs on a version."""
    made = {method: Act(allowed) for method, allowed in acts.items()}
    return Case({"version": kind}, made, {}, visible, in_units=False)


def started(world: Any, place: str) -> dict[str, Any]:
    return {"project": world.things["project", place].pk, "questionnaire": "small"}


REFUSED_VALUE = frozenset({400, 403})
MADE = frozenset({201})
OF_PROJECT = {"project": "project"}
PLANNED = {**OF_PROJECT, "pk": "planned mitigation"}
IMPLEMENTED = {"project": "mitigated project", "pk": "implemented mitigation"}
STATED = {"state": "answered", "value": "signed"}


def a_survey(_world: Any, _place: str) -> dict[str, Any]:
    asked = {"type": "boolean", "name": "tested"}
    return {"survey": {"elements": [asked]}, "code": "from-a-survey"}


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
    "api-project-comparison": [on({"project": "compared project"}, GET=INSIDERS)],
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
    "api-questionnaire-list": [
        at(GET=EVERYBODY, POST=Act(AUTHORS, body=lambda *_: {"code": "vendor-check"}))
    ],
    "api-questionnaire-schema": [at(GET=EVERYBODY)],
    "api-questionnaire-import": [
        at(POST=Act(AUTHORS, body=a_survey, granted=MADE)),
    ],
    "api-questionnaire-detail": [
        of_site("questionnaire version", GET=EVERYBODY, PATCH=AUTHORS, DELETE=AUTHORS),
        of_site(
            "draft version",
            visible=AUTHORS,
            GET=AUTHORS,
            PATCH=AUTHORS,
            DELETE=AUTHORS,
        ),
    ],
    "api-questionnaire-differences": [
        of_site("questionnaire version", GET=EVERYBODY),
        of_site("draft version", visible=AUTHORS, GET=AUTHORS),
    ],
    "api-questionnaire-findings": [
        of_site("questionnaire version", GET=AUTHORS),
        of_site("draft version", visible=AUTHORS, GET=AUTHORS),
    ],
    **{
        f"api-questionnaire-{step}": [
            of_site("questionnaire version", POST=AUTHORS),
            of_site(f"{kind} version", visible=AUTHORS, POST=AUTHORS),
        ]
        for step, kind in (
            ("check", "draft"),
            ("send", "draft"),
            ("take-back", "sent"),
            ("send-back", "sent"),
            ("publish", "sent"),
            ("retire", "sent"),
        )
    },
    "api-questionnaire-backtest-list": [
        of_version("questionnaire version", GET=EVERYBODY, POST=AUTHORS),
        of_version("draft version", visible=AUTHORS, GET=AUTHORS, POST=AUTHORS),
    ],
    "api-backtest-detail": [of_site("backtest", visible=AUTHORS, GET=AUTHORS)],
    "api-backtest-line-list": [
        Case({"backtest": "backtest"}, {"GET": Act(AUTHORS)}, {}, AUTHORS, False)
    ],
    "api-questionnaire-file": [
        of_site("questionnaire version", literal={"kind": "yaml"}, GET=EVERYBODY)
    ],
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
TABLE: Table = PROJECTS | ASSESSMENTS | AUTHORING | API

"""Who may do what on the routes of reviews and of exceptions from gates."""

from typing import Any

from tests.access.rows import (
    ADMINS,
    ASSESSORS,
    EDITORS,
    EVERYBODY,
    INSIDERS,
    Act,
    Table,
    at,
    on,
)

ASSESSED = {"GET": ASSESSORS, "POST": ASSESSORS}
DRAFT, SUBMITTED = "draft assessment", "submitted assessment"


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

OF_DRAFT = {"assessment": DRAFT}
FILES: Table = {
    "projects:assessment-evidence": [
        on(DRAFT, literal={"question": "stated"}, GET=INSIDERS, POST=ASSESSORS),
    ],
    "projects:evidence-file": [
        on("evidence", GET=INSIDERS),
        on("draft's evidence", GET=INSIDERS),
    ],
    "projects:evidence-remove": [on("draft's evidence", POST=ASSESSORS)],
    "api-assessment-evidence-list": [on(OF_DRAFT, GET=INSIDERS, POST=ASSESSORS)],
    "api-assessment-evidence-detail": [
        on({**OF_DRAFT, "pk": "draft's evidence"}, GET=INSIDERS, DELETE=ASSESSORS),
    ],
    "api-assessment-evidence-content": [
        on({**OF_DRAFT, "pk": "draft's evidence"}, GET=INSIDERS),
    ],
}
OUTDATED = "outdated assessment"
LOOKING: Table = {
    "projects:assessment-move": [on(OUTDATED, GET=ASSESSORS, POST=ASSESSORS)],
    "api-assessment-move": [on(OUTDATED, GET=INSIDERS, POST=ASSESSORS)],
    "projects:assessment-history": [on(SUBMITTED, GET=INSIDERS)],
    "api-assessment-history-list": [
        on({"assessment": SUBMITTED}, GET=INSIDERS),
    ],
}
IMAGINING = ASSESSORS | EDITORS
SCENARIO = {"pk": SUBMITTED, "scenario": "scenario"}
WHAT_IF: Table = {
    "projects:assessment-what-if": [on(SUBMITTED, GET=INSIDERS)],
    "projects:assessment-next-steps": [on(SUBMITTED, GET=INSIDERS)],
    "projects:scenario-create": [on(SUBMITTED, GET=IMAGINING, POST=IMAGINING)],
    "projects:scenario-smallest": [on(SUBMITTED, POST=IMAGINING)],
    "projects:scenario-edit": [on(SCENARIO, GET=IMAGINING, POST=IMAGINING)],
    "projects:scenario-delete": [on(SCENARIO, GET=IMAGINING, POST=IMAGINING)],
    "api-assessment-scenario-list": [
        on({"assessment": SUBMITTED}, GET=INSIDERS, POST=IMAGINING)
    ],
    "api-assessment-scenario-detail": [
        on(
            {"assessment": SUBMITTED, "pk": "scenario"},
            GET=INSIDERS,
            PATCH=IMAGINING,
            DELETE=IMAGINING,
        )
    ],
    "api-assessment-what-if": [on({"assessment": SUBMITTED}, POST=INSIDERS)],
    "api-assessment-smallest-change": [on({"assessment": SUBMITTED}, GET=INSIDERS)],
    "api-assessment-telling-questions": [on({"assessment": SUBMITTED}, GET=INSIDERS)],
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
TABLE: Table = REVIEWS | API_REVIEWS | WHAT_IF | LOOKING | FILES

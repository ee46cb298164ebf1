"""Who may do what on the routes of failures."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.access.rows import (
    ADMINS,
    ASSESSORS,
    EDITORS,
    EVERYBODY,
    INSIDERS,
    Act,
    Case,
    Table,
    at,
    inside,
    on,
)

NOBODY: frozenset[str] = frozenset()
CAROLS = EDITORS | {"carol"}
READERS: dict[str, frozenset[str]] = {
    "published record": INSIDERS,
    "reviewed record": INSIDERS,
    "draft record": EDITORS,
    "restricted record": EDITORS,
    "open record": EVERYBODY,
    "open draft": EDITORS,
    "carol's draft": CAROLS,
    "carol's restricted": CAROLS,
    "public case": EVERYBODY,
    "imported case": ADMINS,
}
"""Kind of record -> who reads it at all."""
Rights = Mapping[str, frozenset[str]]

# A published record is first returned to draft; a public case is content.
WRITERS: Rights = {
    "reviewed record": EDITORS,
    "draft record": EDITORS,
    "open draft": EDITORS,
    "carol's draft": CAROLS,
}
DRAFTERS: Rights = {
    kind: writers for kind, writers in WRITERS.items() if kind != "reviewed record"
}
PUBLISHERS: Rights = dict.fromkeys(WRITERS, EDITORS)
RETURNERS: Rights = {
    **dict.fromkeys(("published record", "reviewed record"), EDITORS),
    **dict.fromkeys(("restricted record", "carol's restricted"), EDITORS),
    "open record": EDITORS,
    "imported case": ADMINS,
}
OPENERS: Rights = {**RETURNERS, **WRITERS}
FOLLOWERS: Rights = {**OPENERS, "carol's restricted": CAROLS}


def records(
    rights: Rights,
    methods: tuple[str, ...] = ("GET", "POST"),
    *,
    part: tuple[str, str] | None = None,
    literal: Mapping[str, Any] | None = None,
    **options: Any,
) -> Iterator[Case]:
    """Yield a case per kind of record; `part` is (argument, what) of a row of it."""
    for kind, readers in READERS.items():
        fills = {"pk": kind}
        if part is not None:
            fills[part[0]] = f"{part[1]} of {kind}"
        act = Act(rights.get(kind, NOBODY), **options)
        acts: dict[str, Any] = dict.fromkeys(methods, act)
        yield on(fills, visible=readers, literal=literal, **acts)


def new_record(world: Any, place: str) -> dict[str, Any]:
    return {"title": "A new record", "unit": world.things["unit", place].pk}


SEARCH = "?q=zqtitledraft+zqsummary+zqevidence&title=zqtitledraftrecord"
KNOWLEDGE: Table = {
    "failures:cause-list": [at(GET=EVERYBODY)],
    "failures:cause-detail": [at(literal={"slug": "leakage"}, GET=EVERYBODY)],
    "failures:practice-list": [at(GET=EVERYBODY)],
    "failures:practice-detail": [at(literal={"slug": "split-first"}, GET=EVERYBODY)],
    "failures:base-rate-list": [at(GET=EVERYBODY)],
}
RECORDS: Table = {
    "failures:postmortem-list": [
        at(GET=EVERYBODY),
        at(GET=Act(EVERYBODY, query=SEARCH)),
    ],
    "failures:postmortem-similar": [at(GET=Act(EVERYBODY, query=SEARCH))],
    "failures:postmortem-create": [
        at(GET=ASSESSORS),
        inside(
            POST=Act(
                ASSESSORS,
                body=new_record,
                outsider=frozenset({200, 403}),
                granted=frozenset({302}),
            )
        ),
    ],
    "failures:postmortem-detail": list(records(READERS, ("GET",))),
    "failures:postmortem-edit": list(records(WRITERS, literal={"step": "intended"})),
    "failures:postmortem-autosave": list(
        records(WRITERS, ("POST",), literal={"step": "intended"})
    ),
    "failures:postmortem-submit": list(records(DRAFTERS)),
    "failures:postmortem-publish": list(records(PUBLISHERS)),
    "failures:postmortem-return": list(records(RETURNERS)),
    "failures:postmortem-visibility": list(records(OPENERS)),
}
PARTS: Table = {
    "failures:coding-pick": list(records(WRITERS, ("GET",))),
    "failures:coding-create": list(records(WRITERS, literal={"slug": "deployment"})),
    "failures:coding-edit": list(records(WRITERS, part=("coding", "coding"))),
    "failures:coding-remove": list(records(WRITERS, part=("coding", "coding"))),
    "failures:timeline-create": list(records(WRITERS)),
    "failures:timeline-edit": list(records(WRITERS, part=("entry", "step"))),
    "failures:timeline-remove": list(records(WRITERS, part=("entry", "step"))),
    "failures:action-create": list(records(FOLLOWERS)),
    "failures:action-edit": list(records(FOLLOWERS, part=("action", "follow-up"))),
    "failures:action-move": list(records(FOLLOWERS, part=("action", "follow-up"))),
    "failures:action-remove": list(records(WRITERS, part=("action", "follow-up"))),
}
TABLE: Table = KNOWLEDGE | RECORDS | PARTS

"""Who may do what on the routes of failures."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

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
MOST_TELLING = ("restricted record", "draft record", "reviewed record", "public case")
MOST_TELLING += ("carol's draft", "carol's restricted")
"""Kinds of record that parts are asked about: the rest is refused alike."""
OPENLY = frozenset({"unit", "person"})
"""Who opened a record to everybody said whose it is, too."""

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
APPROVERS: Rights = {"reviewed record": EDITORS}
ARCHIVERS: Rights = {
    kind: held for kind, held in RETURNERS.items() if kind != "reviewed record"
}
OPENERS: Rights = {**RETURNERS, **WRITERS}
COMMENTERS: Rights = {
    **dict.fromkeys(("restricted record", "draft record"), EDITORS),
    "reviewed record": EDITORS | ASSESSORS,
    **dict.fromkeys(("carol's draft", "carol's restricted"), CAROLS),
}
SIGNERS: Rights = dict.fromkeys(COMMENTERS, EDITORS)
DECIDERS: Rights = dict.fromkeys(MOST_TELLING, ADMINS | {"olga"})
WITHDRAWERS: Rights = dict.fromkeys(COMMENTERS, EDITORS)
FOLLOWERS: Rights = {**OPENERS, "carol's restricted": CAROLS}
VERSIONS: Rights = {**dict.fromkeys(COMMENTERS, EDITORS), **FOLLOWERS}


def records(
    rights: Rights,
    methods: tuple[str, ...] = ("GET", "POST"),
    *,
    literal: Mapping[str, Any] | None = None,
    **options: Any,
) -> Iterator[Case]:
    """Yield a case per kind of record."""
    for kind, readers in READERS.items():
        act = Act(rights.get(kind, NOBODY), **options)
        acts: dict[str, Any] = dict.fromkeys(methods, act)
        shows = OPENLY if kind == "open record" else frozenset()
        yield on({"pk": kind}, visible=readers, literal=literal, shows=shows, **acts)


def parts(
    part: str = "",
    what: str = "",
    /,
    *,
    of: str = "pk",
    literal: Mapping[str, Any] | None = None,
    **rights: Rights,
) -> Iterator[Case]:
    """Yield a case per kind of record, for addresses below it.

    `of` is the URL argument of the record, if it has one, `part` that of a row of it, which is the
    record's `what`; `rights` are by HTTP method.
    """
    for kind in MOST_TELLING:
        fills = {of: kind} if of else {}
        fills |= {part: f"{what} of {kind}"} if part else {}
        acts = {method: held.get(kind, NOBODY) for method, held in rights.items()}
        yield on(fills, visible=READERS[kind], literal=literal, **acts)


def compared(rights: Rights) -> Iterator[Case]:
    """Yield a case per kind of record that is said to be like another one.

    Here itself: that is refused later, to those who may.
    """
    for kind in MOST_TELLING:
        act = Act(rights.get(kind, NOBODY), body=lambda *_: {"verdict": "confirmed"})
        yield on({"pk": kind, "other": kind}, visible=READERS[kind], POST=act)


def apart(
    *,
    of: str = "pk",
    literal: Mapping[str, Any] | None = None,
    **rights: frozenset[str],
) -> Iterator[Case]:
    """Yield cases of what only the second coder may: here the administrator."""
    for kind in ("doubled record", "reviewed record"):
        acts: dict[str, Any] = {
            method: held if kind == "doubled record" else NOBODY
            for method, held in rights.items()
        }
        yield on({of: kind}, literal=literal, **acts)


def new_record(world: Any, place: str) -> dict[str, Any]:
    return {"title": "A new record", "unit": world.things["unit", place].pk}


SEARCH = "?q=zqtitledraft+zqsummary+zqevidence&title=zqtitledraftrecord"
KNOWLEDGE: Table = {
    "failures:cause-list": [at(GET=EVERYBODY)],
    "failures:cause-detail": [
        at(literal={"slug": "leakage"}, shows=OPENLY, GET=EVERYBODY)
    ],
    "failures:practice-list": [at(GET=EVERYBODY)],
    "failures:practice-detail": [at(literal={"slug": "split-first"}, GET=EVERYBODY)],
    "failures:base-rate-list": [at(GET=EVERYBODY)],
    "api-cause-list": [at(GET=EVERYBODY)],
    "api-cause-detail": [at(literal={"slug": "leakage"}, GET=EVERYBODY)],
    "api-taxonomy-count": [
        at(GET=EVERYBODY),
        at(GET=Act(EVERYBODY, query="?release=1")),
    ],
    "api-practice-list": [at(GET=EVERYBODY)],
    "api-practice-detail": [at(literal={"slug": "split-first"}, GET=EVERYBODY)],
    "api-base-rate-list": [at(GET=EVERYBODY)],
    "api-base-rate-detail": [at(literal={"slug": "rate"}, GET=EVERYBODY)],
}
LISTS = [
    at(shows=OPENLY, GET=EVERYBODY),
    at(shows=OPENLY, GET=Act(EVERYBODY, query=SEARCH)),
]
RECORDS: Table = {
    "failures:postmortem-list": LISTS,
    "failures:postmortem-similar": LISTS[1:],
    "failures:proposal-list": LISTS[:1],
    "api-proposal-list": LISTS[:1],
    "failures:postmortem-facets": LISTS,
    "failures:agreement": [at(GET=EVERYBODY)],
    "api-postmortem-agreement": [at(GET=EVERYBODY)],
    "failures:follow-up-list": [
        at(shows=OPENLY, GET=EVERYBODY),
        at(shows=OPENLY, GET=Act(EVERYBODY, query="?state=")),
    ],
    "api-follow-up-list": [at(shows=OPENLY, GET=EVERYBODY)],
    "failures:postmortem-create": [
        at(GET=ASSESSORS),
        inside(
            POST=Act(
                ASSESSORS,
                body=new_record,
                # A page refuses a stranger's unit as a form error.
                outsider=frozenset({200, 403}),
                granted=frozenset({302}),
            )
        ),
    ],
    "failures:postmortem-detail": list(records(READERS, ("GET",))),
    "failures:postmortem-alike": list(records(READERS, ("GET",))),
    "failures:postmortem-edit": list(records(WRITERS, literal={"step": "intended"})),
    "failures:postmortem-autosave": list(
        records(WRITERS, ("POST",), literal={"step": "intended"})
    ),
    "failures:postmortem-submit": list(records(DRAFTERS)),
    "failures:postmortem-publish": list(records(PUBLISHERS)),
    "failures:postmortem-approve": list(records(APPROVERS, ("POST",))),
    "failures:postmortem-archive": list(records(ARCHIVERS, ("POST",))),
    "failures:postmortem-restore": list(records(ARCHIVERS, ("POST",))),
    "failures:postmortem-return": list(records(RETURNERS)),
    "failures:postmortem-visibility": list(records(OPENERS)),
}
PAGES_OF_PARTS: Table = {
    "failures:proposal-create": list(
        parts(literal={"kind": "question"}, GET=COMMENTERS, POST=COMMENTERS)
    ),
    "failures:proposal-decide": list(
        parts("pk", "proposal", of="", GET=DECIDERS, POST=DECIDERS)
    ),
    "failures:attachment-list": list(parts(GET=READERS, POST=FOLLOWERS)),
    "failures:attachment-file": list(parts("file", "file", GET=READERS)),
    "failures:attachment-remove": list(parts("file", "file", POST=FOLLOWERS)),
    "failures:postmortem-sharing": list(parts(GET=OPENERS, POST=OPENERS)),
    "failures:postmortem-sharing-sign": list(parts(POST=SIGNERS)),
    "failures:postmortem-sharing-file": list(
        parts(literal={"kind": "md"}, GET=READERS)
    ),
    "failures:version-list": list(records(VERSIONS, ("GET",))),
    "failures:version-restore": list(parts("event", "change", POST=WRITERS)),
    "failures:comment-list": list(parts(GET=READERS, POST=COMMENTERS)),
    "failures:comment-withdraw": list(parts("comment", "comment", POST=WITHDRAWERS)),
    "failures:likeness-judge": list(compared(COMMENTERS)),
    "failures:coding-pick": list(parts(GET=WRITERS)),
    "failures:coding-create": list(
        parts(literal={"slug": "deployment"}, GET=WRITERS, POST=WRITERS)
    ),
    "failures:coding-edit": list(parts("coding", "coding", GET=WRITERS, POST=WRITERS)),
    "failures:coding-remove": list(
        parts("coding", "coding", GET=WRITERS, POST=WRITERS)
    ),
    "failures:second-coding": list(parts(GET=READERS)),
    "failures:second-coding-invite": list(parts(POST=WRITERS)),
    "failures:second-coding-submit": list(parts(POST=WRITERS)),
    "failures:second-coding-decide": list(parts(POST=PUBLISHERS)),
    "failures:second-coding-pick": list(apart(GET=ADMINS)),
    "failures:second-coding-add": list(
        apart(literal={"slug": "deployment"}, GET=ADMINS, POST=ADMINS)
    ),
    "failures:second-coding-edit": list(
        apart(literal={"slug": "leakage", "role": "root"}, GET=ADMINS, POST=ADMINS)
    ),
    "failures:second-coding-remove": list(
        apart(literal={"slug": "leakage", "role": "root"}, POST=ADMINS)
    ),
    "failures:timeline-create": list(parts(GET=WRITERS, POST=WRITERS)),
    "failures:timeline-edit": list(parts("entry", "step", GET=WRITERS, POST=WRITERS)),
    "failures:timeline-remove": list(parts("entry", "step", GET=WRITERS, POST=WRITERS)),
    "failures:action-create": list(parts(GET=FOLLOWERS, POST=FOLLOWERS)),
    "failures:action-edit": list(
        parts("action", "follow-up", GET=FOLLOWERS, POST=FOLLOWERS)
    ),
    "failures:action-move": list(
        parts("action", "follow-up", GET=FOLLOWERS, POST=FOLLOWERS)
    ),
    "failures:action-remove": list(
        parts("action", "follow-up", GET=WRITERS, POST=WRITERS)
    ),
}


def new_file(world: Any, place: str) -> dict[str, Any]:
    content = b"external_id,title,summary\n1,A title,A summary\n"
    file = SimpleUploadedFile("file.csv", content)
    return {"file": file, "unit": world.things["unit", place].pk, "visibility": "unit"}


EXCHANGE: Table = {
    "failures:import-list": [
        at(GET=EDITORS),
        inside(
            POST=Act(
                EDITORS,
                body=new_file,
                outsider=frozenset({200, 403}),
                granted=frozenset({302}),
            )
        ),
    ],
    "failures:import-detail": [
        on("import", visible=EDITORS, GET=EDITORS, POST=EDITORS)
    ],
    "failures:import-progress": [on("import", visible=EDITORS, GET=EDITORS)],
    "failures:import-report": [
        on("import", visible=EDITORS, literal={"kind": "csv"}, GET=EDITORS)
    ],
    "failures:postmortem-export-list": [
        at(literal={"kind": "csv"}, shows=OPENLY, GET=EVERYBODY),
        at(literal={"kind": "json"}, shows=OPENLY, GET=Act(EVERYBODY, query=SEARCH)),
    ],
    "failures:postmortem-export": [
        *records(READERS, ("GET",), literal={"kind": "md"}),
        *records(READERS, ("GET",), literal={"kind": "json"}),
    ],
    "api-import-list": [at(GET=EVERYBODY, POST=EDITORS)],
    "api-import-detail": [on("import", visible=EDITORS, GET=EDITORS)],
    "api-import-start": [on("import", visible=EDITORS, POST=EDITORS)],
    "api-import-fault-list": [on({"run": "import"}, visible=EDITORS, GET=EDITORS)],
    "api-import-report": [
        on({"run": "import"}, visible=EDITORS, literal={"kind": "csv"}, GET=EDITORS)
    ],
    "api-postmortem-similar": list(records(READERS, ("GET",))),
    "api-postmortem-completeness": list(records(READERS, ("GET",))),
    "api-postmortem-facets": LISTS,
    "api-postmortem-export-list": [
        at(literal={"kind": "csv"}, shows=OPENLY, GET=EVERYBODY),
        at(literal={"kind": "ndjson"}, shows=OPENLY, GET=Act(EVERYBODY, query=SEARCH)),
    ],
    "api-postmortem-export": [
        *records(READERS, ("GET",), literal={"kind": "md"}),
        *records(READERS, ("GET",), literal={"kind": "json"}),
    ],
}
API_OF_RECORDS: Table = {
    "api-postmortem-list": [
        *LISTS,
        inside(
            POST=Act(
                ASSESSORS,
                body=new_record,
                outsider=frozenset({400, 403}),
                granted=frozenset({201}),
            )
        ),
    ],
    "api-postmortem-detail": [
        *records(READERS, ("GET",)),
        *records(WRITERS, ("PATCH",), body=lambda *_: {"title": "Said anew"}),
        *records(OPENERS, ("PATCH",), body=lambda *_: {"visibility": "unit"}),
    ],
    "api-postmortem-submit": list(records(DRAFTERS, ("POST",))),
    "api-postmortem-publish": list(records(PUBLISHERS, ("POST",))),
    "api-postmortem-approve": list(records(APPROVERS, ("POST",))),
    "api-postmortem-archive": list(records(ARCHIVERS, ("POST",))),
    "api-postmortem-restore": list(records(ARCHIVERS, ("POST",))),
    "api-postmortem-return": list(records(RETURNERS, ("POST",))),
}
OF = {"of": "postmortem"}
API_OF_PARTS: Table = {
    "api-postmortem-proposal-list": list(parts(**OF, GET=READERS, POST=COMMENTERS)),
    "api-proposal-detail": list(parts("pk", "proposal", of="", GET=READERS)),
    "api-proposal-decide": list(parts("pk", "proposal", of="", POST=DECIDERS)),
    "api-postmortem-file-list": list(parts(**OF, GET=READERS, POST=FOLLOWERS)),
    "api-postmortem-file-detail": list(
        parts("pk", "file", **OF, GET=READERS, DELETE=FOLLOWERS)
    ),
    "api-postmortem-file-content": list(parts("pk", "file", **OF, GET=READERS)),
    "api-postmortem-sharing": list(parts(**OF, GET=OPENERS, PATCH=OPENERS)),
    "api-postmortem-sharing-sign": list(parts(**OF, POST=SIGNERS)),
    "api-postmortem-sharing-file": list(
        parts(**OF, literal={"kind": "md"}, GET=READERS)
    ),
    "api-postmortem-version-list": list(parts(**OF, GET=VERSIONS)),
    "api-postmortem-version-restore": list(parts("pk", "change", **OF, POST=WRITERS)),
    "api-postmortem-comment-list": list(parts(**OF, GET=READERS, POST=COMMENTERS)),
    "api-postmortem-comment-detail": list(
        parts("pk", "comment", **OF, GET=READERS, DELETE=WITHDRAWERS)
    ),
    "api-postmortem-likeness": list(compared(COMMENTERS)),
    "api-postmortem-coding-list": list(parts(**OF, GET=READERS, POST=WRITERS)),
    "api-postmortem-coding-detail": list(
        parts("pk", "coding", **OF, GET=READERS, PATCH=WRITERS, DELETE=WRITERS)
    ),
    "api-postmortem-second-coding": [
        *parts(**OF, GET=READERS),
        *apart(**OF, PATCH=ADMINS),
    ],
    "api-postmortem-second-coding-invite": list(parts(**OF, POST=WRITERS)),
    "api-postmortem-second-coding-submit": list(parts(**OF, POST=WRITERS)),
    "api-postmortem-second-coding-decide": list(parts(**OF, POST=PUBLISHERS)),
    "api-postmortem-timeline-list": list(parts(**OF, GET=READERS, POST=WRITERS)),
    "api-postmortem-timeline-detail": list(
        parts("pk", "step", **OF, GET=READERS, PATCH=WRITERS, DELETE=WRITERS)
    ),
    "api-postmortem-action-list": list(parts(**OF, GET=READERS, POST=FOLLOWERS)),
    "api-postmortem-action-detail": list(
        parts("pk", "follow-up", **OF, GET=READERS, PATCH=FOLLOWERS, DELETE=WRITERS)
    ),
    "api-postmortem-action-move": list(parts("pk", "follow-up", **OF, POST=FOLLOWERS)),
}
TABLE: Table = (
    KNOWLEDGE | EXCHANGE | RECORDS | PAGES_OF_PARTS | API_OF_RECORDS | API_OF_PARTS
)

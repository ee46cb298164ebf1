"""Post-mortems as files: one as Markdown, PDF or JSON, those of a search as a table."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import User
from failures import search
from failures.exchange.columns import NAMES
from failures.models import Postmortem
from failures.selectors.causes import spoken, titles
from failures.selectors.exchange import Row, rows_of
from failures.selectors.records import PostmortemSheet, day_text, postmortem_sheet
from failures.selectors.sharing import Shared, shared_sheet
from riskbase.shared.paper import pdf_of
from riskbase.shared.tabular import TYPES, Format, chunks

BATCH = 500
SINGLE = ("md", "pdf", "json")
"""Kinds of file of one record."""


@dataclass(frozen=True)
class Download:
    """A file on its way out, piece by piece."""

    name: str
    content_type: str
    content: Iterable[bytes]


def table_of(records: Iterable[Postmortem], *, kind: Format, user: User) -> Download:
    """Return the records as a table in our own format, which imports again."""
    rows = rows_of(records, user)
    return Download(f"post-mortems.{kind}", TYPES[kind], chunks(kind, NAMES, rows))


def found(*, user: User, criteria: search.Criteria) -> Iterator[Postmortem]:
    """Yield every record of a search, the newest first, few in memory at a time."""
    rows = search.visible(user, criteria)
    if criteria.text:
        rows = search.matching(rows, criteria.text)
    yield from rows.order_by("-pk").iterator(BATCH)


def one_of(record: Postmortem, *, kind: str, user: User, language: str) -> Download:
    """Return one record as `md` or `pdf` in the reader's language, or as `json`.

    Raises DomainError where a PDF cannot be made.
    """
    if kind != "json":
        sheet = postmortem_sheet(record, user=user, language=language)
        return _written(record, sheet, kind=kind, name=record.reference)
    row = next(iter(rows_of([record], user)))
    return Download(f"{record.reference}.json", TYPES[Format.JSON], [_json(row)])


def shared_of(
    record: Postmortem, found: Shared, *, kind: str, user: User, language: str
) -> Download:
    """Return the version for others as one of SINGLE. Raises DomainError."""
    if kind == "json":
        return Download(
            f"{record.reference}-shared.json", TYPES[Format.JSON], [_json(found.row)]
        )
    sheet = shared_sheet(record, found, user=user, language=language)
    return _written(record, sheet, kind=kind, name=f"{record.reference}-shared")


def _written(
    record: Postmortem, sheet: PostmortemSheet, *, kind: str, name: str
) -> Download:
    if kind == "md":
        text = "\n".join(markdown_of(sheet)) + "\n"
        content_type = "text/markdown; charset=utf-8"
        return Download(f"{name}.md", content_type, [text.encode()])
    html = render_to_string(
        "failures/paper/postmortem.html", {"postmortem": record, "sheet": sheet}
    )
    return Download(f"{name}.pdf", "application/pdf", [pdf_of(html)])


def _json(row: Row) -> bytes:
    ordered = {name: row[name] for name in NAMES if name in row}
    return (
        json.dumps(ordered, ensure_ascii=False, indent=2, default=str).encode() + b"\n"
    )


def markdown_of(sheet: PostmortemSheet) -> Iterator[str]:
    """Yield the lines of the record as Markdown, headings in the reader's language."""
    record, text = sheet.postmortem, sheet.text
    yield f"# {text.title or record.reference}"
    yield f"\n{record.reference} · {record.get_state_display()} · {record.get_visibility_display()}"
    if text.summary:
        yield f"\n{text.summary}"
    yield f"\n## {_('Facts')}\n"
    for label, value in (*sheet.facts, *sheet.measurements):
        yield f"- {_title(label)}: {value}"
    for label, prose in sheet.story:
        yield f"\n## {_title(label)}\n\n{prose}"
    yield from _listed(
        _("Timeline"),
        (f"{day_text(step.on, 'day')}: {step.text}" for step in sheet.timeline),
    )
    names = titles()
    yield from _listed(
        _("Causes"),
        (
            f"**{spoken(names.get(coding.cause.slug, coding.cause.title))}** ({coding.get_role_display()}, {coding.get_confidence_display()}). {coding.mechanism} {coding.evidence} {coding.evidence_url}".rstrip()
            for coding in sheet.codings
        ),
    )
    for label, prose in sheet.lessons:
        yield f"\n## {_title(label)}\n\n{prose}"
    yield from _listed(
        _("Follow-ups"),
        (f"{action.text} ({action.get_state_display()})" for action in sheet.actions),
    )
    yield from _listed(
        _("Sources"),
        (f"{source.title} {source.url}".rstrip() for source in sheet.sources),
    )


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield f"\n## {title}\n"
        yield from (f"- {line}" for line in lines)


def _title(label: str) -> str:
    return label[:1].upper() + label[1:]

"""The pages and panels of a survey, walked in order down to what is asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from projects.scoring.surveyjs.report import Report
from projects.scoring.surveyjs.settings import strange_settings

MAX_PANELS = 15
"""Panels inside panels."""
PANELS = frozenset({"panel", "flowpanel"})
TEXTS_ONLY = frozenset({"html", "expression", "image", "linkbutton"})

Raw = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written, and whose it is."""

    source: object
    place: str
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the panel it stands in and the conditions around it."""

    raw: Raw
    name: str
    panel: str
    place: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its questions."""

    raw: Raw
    name: str
    place: str
    asked: tuple[Asked, ...]


def pages_of(survey: Raw, report: Report) -> Iterator[Page]:
    """Yield the pages that ask something; what is left out is reported."""
    for number, raw in enumerate(_pages(survey, report), 1):
        report.counts["pages"] += 1
        name = _name(raw, f"page{number}")
        _tell_settings(raw, name, report)
        conditions = _conditions(raw, name, is_page=True)
        asked = tuple(_inside(raw, (name,), conditions, report))
        if asked:
            yield Page(raw, name, name, asked)
        else:
            report.add("empty_page", name)


def _pages(survey: Raw, report: Report) -> Iterator[Raw]:
    pages = survey.get("pages")
    if pages is None:
        yield {"name": "page1", **{key: survey[key] for key in _LISTS if key in survey}}
        return
    for page in pages if isinstance(pages, list) else [pages]:
        if isinstance(page, dict):
            yield page
        else:
            report.add("malformed", "pages")


_LISTS = ("elements", "questions")


def _inside(
    holder: Raw,
    path: tuple[str, ...],
    conditions: tuple[Condition, ...],
    report: Report,
) -> Iterator[Asked]:
    place = "/".join(path)
    elements = holder.get("elements", holder.get("questions", []))
    if not isinstance(elements, list):
        report.add("malformed", place)
        return
    for number, raw in enumerate(elements, 1):
        if not isinstance(raw, dict):
            report.add("malformed", place)
            continue
        yield from _element(raw, number, path, conditions, report)


def _element(
    raw: Raw,
    number: int,
    path: tuple[str, ...],
    conditions: tuple[Condition, ...],
    report: Report,
) -> Iterator[Asked]:
    report.counts["elements"] += 1
    name = _name(raw, f"element{number}")
    inner = (*path, name)
    place = "/".join(inner)
    conditions = (*conditions, *_conditions(raw, place))
    kind = str(raw.get("type", "text"))
    if kind in PANELS:
        report.counts["panels"] += 1
        if len(path) > MAX_PANELS:
            report.add("too_deep", place, most=MAX_PANELS)
            return
        if raw.get("title"):
            report.add("panel_title", place)
        _tell_settings(raw, place, report)
        yield from _inside(raw, inner, conditions, report)
    elif kind in TEXTS_ONLY:
        report.add("text_left_out", place, type=kind)
    else:
        panel = path[-1] if len(path) > 1 else ""
        yield Asked(raw, name, panel, place, conditions)


def _conditions(
    raw: Raw, place: str, *, is_page: bool = False
) -> tuple[Condition, ...]:
    source = raw.get("visibleIf")
    return (Condition(source, place, is_page),) if source not in (None, "") else ()


def _tell_settings(raw: Raw, place: str, report: Report) -> None:
    for setting in strange_settings(raw):
        report.add("ignored_setting", place, name=setting)


def _name(raw: Raw, instead: str) -> str:
    name = raw.get("name")
    return name.strip() if isinstance(name, str) and name.strip() else instead

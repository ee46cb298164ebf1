"""Two versions of a questionnaire side by side."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Person
from projects.models import QuestionnaireVersion
from projects.models.questionnaire import VersionQuerySet
from projects.scoring.changes import Change, Kind, changes_between
from projects.scoring.lines import Hunk, hunks
from projects.scoring.writing import source_of
from projects.selectors.knowledge import Texts
from projects.selectors.questionnaires import versions_for


@dataclass(frozen=True)
class Told:
    """A change with the words by which people know its part."""

    change: Change
    title: Texts


def comparable(version: QuestionnaireVersion, user: Person) -> VersionQuerySet:
    """Return the other versions of the questionnaire that `user` may read."""
    others = versions_for(user).filter(questionnaire=version.questionnaire_id)
    return others.exclude(pk=version.pk).order_by("-number")


def default_base(
    version: QuestionnaireVersion, others: VersionQuerySet
) -> QuestionnaireVersion | None:
    """Return what a version is compared with unless asked: in force, or the one before."""
    earlier = others.filter(number__lt=version.number)
    return others.published().first() or earlier.first() or others.first()


def told_changes(
    before: QuestionnaireVersion, after: QuestionnaireVersion
) -> list[Told]:
    """Return what differs, with the titles of the newer document first."""
    titles = _titles(before.document) | _titles(after.document)
    found = changes_between(before.document, after.document)
    return [
        Told(change, titles.get((change.kind, change.code), {})) for change in found
    ]


def changed_lines(
    before: QuestionnaireVersion, after: QuestionnaireVersion
) -> list[Hunk]:
    """Return the differing lines of both texts."""
    return hunks(text_of(before), text_of(after))


def text_of(version: QuestionnaireVersion) -> str:
    """Return the version's text as typed, else as it is written from its document."""
    return version.source or source_of(version.document)


def _titles(document: dict[str, Any]) -> dict[tuple[Kind, str], Texts]:
    found = {}
    for section in _items(document, "sections"):
        found[Kind.SECTION, str(section.get("code"))] = _texts(section.get("title"))
        for question in _items(section, "questions"):
            code = str(question.get("code"))
            found[Kind.QUESTION, code] = _texts(question.get("text"))
    for gate in _items(document, "gates"):
        found[Kind.GATE, str(gate.get("code"))] = _texts(gate.get("message"))
    return found


def _items(part: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = part.get(key)
    return [item for item in items if isinstance(item, dict)] if items else []


def _texts(said: Any) -> Texts:
    known = said if isinstance(said, dict) else {}
    return {k: v for k, v in known.items() if isinstance(v, str)}

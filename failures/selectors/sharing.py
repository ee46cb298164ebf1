"""The version of a record for others: names replaced, links and people left out."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from accounts.models import User
from failures.coding.pseudonyms import found_in, replacer, unlinked
from failures.exchange.columns import PROSE
from failures.models import Postmortem, Sharing
from failures.selectors.exchange import Row, load, row_of
from failures.selectors.people import possible_owners
from failures.selectors.records import PostmortemSheet, own_detail, postmortem_sheet

LINKS = frozenset({"evidence_url", "evidence_file", "verification_url", "link"})
"""Lead into the organization; sources are public and stay."""
Say = Callable[[str], str]


@dataclass(frozen=True)
class Shared:
    """The version for others, and where its sign-off stands."""

    sharing: Sharing
    row: Row
    suggestions: Sequence[str]
    """Names that stand in the record and are not replaced yet."""
    is_signed_off: bool

    @property
    def etag(self) -> str:
        """Strong entity tag of the names and of all that the version says."""
        return f'"{self.sharing.version}-{self.digest[:32]}"'

    @property
    def digest(self) -> str:
        """SHA-256 of what the version says."""
        return digest_of(self.row)


def shared(postmortem: Postmortem) -> Shared:
    """Return the version for others; while causes are sealed it has none of them."""
    sharing = Sharing.objects.filter(postmortem=postmortem).first() or Sharing(
        postmortem=postmortem
    )
    row = _row(postmortem, _say(sharing))
    signed = bool(sharing.signed_digest) and sharing.signed_digest == digest_of(row)
    others = {each["pseudonym"] for each in sharing.pseudonyms}
    names = [name for name in _suggestions(postmortem, row) if name not in others]
    return Shared(sharing, row, names, signed)


def digest_of(row: Row) -> str:
    """Return the SHA-256 of the version, by which a sign-off knows it."""
    told = json.dumps(row, default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def shared_sheet(
    postmortem: Postmortem, found: Shared, *, user: User, language: str
) -> PostmortemSheet:
    """Return the page of the version: no people, no history, no links inside."""
    say = _say(found.sharing)
    sheet = postmortem_sheet(postmortem, user=user, language=language)
    text = copy(sheet.text)
    for name in PROSE:
        setattr(text, name, say(getattr(text, name)))
    return replace(
        sheet,
        text=text,
        story=_said(sheet.story, say),
        lessons=_said(sheet.lessons, say),
        facts=_said(sheet.facts, say),
        measurements=_said(sheet.measurements, say),
        timeline=[_part(row, ("text", "known_then"), say) for row in sheet.timeline],
        codings=[
            _part(row, ("mechanism", "evidence", "quote"), say) for row in sheet.codings
        ],
        actions=[
            _part(row, ("text", "success_check", "refusal_reason", "verification"), say)
            for row in sheet.actions
        ],
        sources=[_part(row, ("publisher", "title"), say) for row in sheet.sources],
        history=[],
    )


def _say(sharing: Sharing) -> Say:
    named = replacer((each["name"], each["pseudonym"]) for each in sharing.pseudonyms)
    return lambda text: unlinked(named(text))


def _said(pairs: Sequence[tuple[str, str]], say: Say) -> list[tuple[str, str]]:
    return [(label, say(value)) for label, value in pairs]


def _part(row: Any, names: Sequence[str], say: Say) -> Any:
    found = copy(row)
    for name in names:
        setattr(found, name, say(getattr(found, name)))
    for name in LINKS:
        if hasattr(found, name):
            setattr(found, name, "")
    if hasattr(found, "owner_id"):
        found.owner = None
    found.earlier = []
    return found


def _row(postmortem: Postmortem, say: Say) -> Row:
    record = Postmortem.objects.get(pk=postmortem.pk)
    load([record], None)
    row = row_of(record, with_causes=not postmortem.causes_sealed)
    if postmortem.causes_sealed:
        row.pop("causes", None)
    row["external_id"] = postmortem.reference
    return {name: _without(value, say) for name, value in row.items()}


def _without(value: Any, say: Say) -> Any:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, list):
        return [_without(each, say) for each in value]
    if isinstance(value, Mapping):
        return {
            name: each if name in {"cause", "url"} else _without(each, say)
            for name, each in value.items()
            if name not in LINKS
        }
    return value


def _suggestions(postmortem: Postmortem, row: Row) -> list[str]:
    """Return known names that the version still holds."""
    detail = own_detail(postmortem)
    names = [detail.developer, detail.deployer, row.get("organization", "")]
    people = [postmortem.author, *possible_owners(postmortem)]
    for person in people:
        if person is not None:
            names += [person.get_full_name(), person.last_name, person.username]
    known = dict.fromkeys(name for name in names if name and len(name) > 1)
    return found_in(known, _texts(row))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)

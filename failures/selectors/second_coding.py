"""The two blind codings of a record, as far as somebody may know of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from failures.coding import needs_second
from failures.models import Postmortem, SecondCoding

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """What both said of one cause; None where a coder did not name it so."""

    cause: str
    first: Said | None
    second: Said | None

    @property
    def agree(self) -> bool:
        """Whether cause, role and confidence are the same."""
        if self.first is None or self.second is None:
            return False
        return all(
            self.first[name] == self.second[name] for name in ("role", "confidence")
        )


@dataclass(frozen=True)
class DoubleCoding:
    """Where the second coding of a record stands, for one reader.

    `own` is what this reader coded as the second coder; `rows` compares both sides
    and is empty until both have submitted.
    """

    second: SecondCoding | None
    is_needed: bool
    is_sealed: bool
    is_second_coder: bool
    own: Sequence[Said]
    rows: Sequence[Row]

    @property
    def is_under_way(self) -> bool:
        """Whether there is anything to say about it."""
        return self.is_needed or (
            self.second is not None
            and (self.second.coder_id is not None or self.second.decided_at is not None)
        )

    @property
    def etag(self) -> str:
        """Strong entity tag; grows with every step of either side."""
        return self.second.etag if self.second is not None else '"none-0"'

    @property
    def first(self) -> Sequence[Said] | None:
        """The first coding as submitted, once both are."""
        return self.second.first if self.second and self.second.is_revealed else None

    @property
    def judgements(self) -> Sequence[Said] | None:
        """The second coding as submitted, once both are."""
        revealed = self.second is not None and self.second.is_revealed
        return self.second.judgements if self.second and revealed else None

    @property
    def decision(self) -> Sequence[Said] | None:
        """The causes that were settled on."""
        return self.second.decision if self.second else None

    @property
    def share_agreed(self) -> float | None:
        """Part of the named causes that both named, 0 to 1; None before."""
        if not self.rows:
            return None
        return len(both(self.rows)) / len({row.cause for row in self.rows})


def both(rows: Iterable[Row]) -> set[str]:
    """Return the causes that either coder's rows share."""
    rows = list(rows)
    first = {row.cause for row in rows if row.first is not None}
    return first & {row.cause for row in rows if row.second is not None}


def double_coding(postmortem: Postmortem, user: User) -> DoubleCoding:
    """Return what `user` may know of the record's two codings."""
    second = (
        SecondCoding.objects.filter(postmortem=postmortem)
        .select_related("coder", "decided_by")
        .first()
    )
    is_coder = second is not None and second.coder_id == user.pk
    revealed = second is not None and second.is_revealed
    return DoubleCoding(
        second=second,
        is_needed=needs_second(postmortem.origin, postmortem.severity),
        is_sealed=postmortem.causes_sealed,
        is_second_coder=is_coder,
        own=second.judgements if second is not None and is_coder else (),
        rows=_compared(second) if second is not None and revealed else (),
    )


def _compared(second: SecondCoding) -> list[Row]:
    """Pair what both said: first in the same role, then of the same cause."""
    rest = list(second.judgements)
    rows = []
    for said in second.first or []:
        match = _taken(rest, cause=said["cause"], role=said["role"])
        rows.append((said, match))
    pairs = []
    for said, match in rows:
        pairs.append(
            Row(said["cause"], said, match or _taken(rest, cause=said["cause"]))
        )
    return [*pairs, *(Row(said["cause"], None, said) for said in rest)]


def _taken(rest: list[Said], **wanted: str) -> Said | None:
    """Take the first judgement out of `rest` that holds the wanted values."""
    for each in rest:
        if all(each[name] == value for name, value in wanted.items()):
            rest.remove(each)
            return each
    return None


def waiting_for(user: User) -> list[Postmortem]:
    """Return the records that `user` may read and is asked to code apart."""
    asked = SecondCoding.objects.filter(coder=user, submitted_at=None)
    return list(
        Postmortem.objects.visible_to(user)
        .filter(pk__in=asked.values("postmortem"))
        .prefetch_related("texts")[:20]
    )

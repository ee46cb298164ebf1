"""How the access table is written: routes, their cases, and who may do what.

A case says which object of the world fills the address, who sees that object at
all (`visible`), and per HTTP method who may do it. Rights are named by the role
held in the object's unit, so that one entry speaks of retail, of pricing below it,
and of elsewhere; a person's name grants a right to that person alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

VIEWER, CONTRIBUTOR, REVIEWER, MANAGER, ADMIN = (
    "viewer",
    "contributor",
    "reviewer",
    "manager",
    "admin",
)
SIGNED_IN = "signed in"
"""Everybody with an account, whatever their units."""
PUBLIC = "public"
"""Everybody, also nobody."""

ADMINS = frozenset({ADMIN})
MANAGERS = frozenset({MANAGER, ADMIN})
EDITORS = frozenset({REVIEWER, MANAGER, ADMIN})
ASSESSORS = frozenset({CONTRIBUTOR, MANAGER, ADMIN})
INSIDERS = frozenset({VIEWER, CONTRIBUTOR, REVIEWER, MANAGER, ADMIN})
EVERYBODY = frozenset({SIGNED_IN})
ANYBODY = frozenset({PUBLIC})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

Body = Callable[[Any, str], Mapping[str, Any]]
"""(world, place) -> what is posted; where a right hangs on what is sent."""


@dataclass(frozen=True)
class Act:
    """One method: who may, what is sent, and how it answers those who may not."""

    allowed: frozenset[str]
    body: Body | None = None
    query: str | Callable[[Any, str], str] = ""
    outsider: frozenset[int] = frozenset({404})
    refused: frozenset[int] = frozenset({403})
    granted: frozenset[int] = frozenset()
    """What a permitted answer must be; empty: anything that is no refusal."""


@dataclass(frozen=True)
class Case:
    """A route filled with one kind of object."""

    fills: Mapping[str, str]
    acts: Mapping[str, Act]
    literal: Mapping[str, Any] = field(default_factory=dict)
    visible: frozenset[str] = INSIDERS
    in_units: bool = True
    """Whether the case is repeated for every place of the world."""
    shows: frozenset[str] = frozenset()
    """Topics of secrets that this page tells on purpose."""

    @property
    def label(self) -> str:
        return ",".join([*self.fills.values(), *map(str, self.literal.values())])


Table = dict[str, list[Case]]


def on(
    kind: str | Mapping[str, str],
    /,
    *,
    visible: frozenset[str] = INSIDERS,
    literal: Mapping[str, Any] | None = None,
    shows: frozenset[str] = frozenset(),
    **acts: Act | frozenset[str],
) -> Case:
    """A case about an object: its `kind` fills `pk`, or a mapping fills several."""
    fills = {"pk": kind} if isinstance(kind, str) else dict(kind)
    return Case(fills, _acts(acts), literal or {}, visible, shows=shows)


def at(
    *,
    literal: Mapping[str, Any] | None = None,
    shows: frozenset[str] = frozenset(),
    **acts: Act | frozenset[str],
) -> Case:
    """A case about no object of a unit: a list, one's own page, public knowledge."""
    return Case({}, _acts(acts), literal or {}, EVERYBODY, False, shows)


def of_site(
    kind: str,
    /,
    *,
    literal: Mapping[str, Any] | None = None,
    visible: frozenset[str] = EVERYBODY,
    **acts: Act | frozenset[str],
) -> Case:
    """A case about an object that belongs to the site, or to persons by name."""
    return Case({"pk": kind}, _acts(acts), literal or {}, visible, in_units=False)


def inside(
    *, literal: Mapping[str, Any] | None = None, **acts: Act | frozenset[str]
) -> Case:
    """A case whose address names no object, but whose body names a unit's."""
    return Case({}, _acts(acts), literal or {})


def _acts(acts: Mapping[str, Act | frozenset[str]]) -> dict[str, Act]:
    unknown = acts.keys() - set(METHODS)
    if unknown:
        raise ValueError(unknown)
    return {
        method: act if isinstance(act, Act) else Act(act)
        for method, act in acts.items()
    }

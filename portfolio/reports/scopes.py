"""The scopes that are computed: the case base, everything, each unit with projects."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from portfolio.facts import Facts, UnitFact
from portfolio.models import Population
from portfolio.stats.records import PostmortemFact, ProjectFact

CASES = "cases"
WHOLE = "portfolio"


@dataclass(frozen=True)
class Scope:
    """Facts of one scope; `parent` is the scope that contains it, '' for none."""

    key: str
    population: Population
    unit: str = ""
    parent: str = ""
    projects: Sequence[ProjectFact] = field(default=(), repr=False)
    cases: Sequence[PostmortemFact] = field(default=(), repr=False)

    @property
    def unread(self) -> "Scope":
        """The scope without the records that everybody may read."""
        return replace(
            self,
            cases=[case for case in self.cases if not case.is_open],
            projects=[
                replace(project, postmortem=None)
                if project.postmortem and project.postmortem.is_open
                else project
                for project in self.projects
            ],
        )


def scopes_of(facts: Facts) -> list[Scope]:
    """Return every scope; a unit's holds the projects of the units below it too."""
    inside = _by_unit(facts)
    above = {unit.key: unit.parent for unit in facts.units}
    scopes = [
        Scope(CASES, Population.CASES, cases=facts.cases),
        Scope(WHOLE, Population.PORTFOLIO, projects=facts.projects),
    ]
    scopes += [
        Scope(
            key=unit,
            population=Population.PORTFOLIO,
            unit=unit,
            parent=above[unit] or WHOLE,
            projects=projects,
        )
        for unit, projects in sorted(inside.items())
    ]
    return scopes


def _by_unit(facts: Facts) -> dict[str, list[ProjectFact]]:
    """Return the projects of each unit and the units below it."""
    paths = _paths(facts.units)
    inside: defaultdict[str, list[ProjectFact]] = defaultdict(list)
    for project in facts.projects:
        for unit in paths[project.unit]:
            inside[unit].append(project)
    return inside


def _paths(units: Sequence[UnitFact]) -> dict[str, list[str]]:
    """Return for each unit itself and all units above it."""
    above = {unit.key: unit.parent for unit in units}
    paths = {}
    for unit, parent in above.items():
        path, at = [unit], parent
        while at is not None:
            path.append(at)
            at = above[at]
        paths[unit] = path
    return paths

"""Conditions that lead in a circle or name what is no longer offered."""

from collections.abc import Iterator, Mapping

from projects.scoring.conditions import literals
from projects.scoring.expression import Answered, Comparison, Expression, Scalar
from projects.scoring.instrument import SCALE, Instrument, Question, QuestionKind
from projects.scoring.lint.finding import Finding, error, warning


def conditions(instrument: Instrument) -> Iterator[tuple[str, Expression]]:
    """Yield the conditions of questions and gates with their places."""
    for place, question in instrument.placed():
        if question.visible_when:
            yield f"{place}.visible_when", question.visible_when
    for index, gate in enumerate(instrument.gates):
        yield f"gates[{index}].when", gate.when


def reference_findings(instrument: Instrument) -> Iterator[Finding]:
    """Find circles, retired choices and numbers out of range in conditions."""
    yield from _circles(instrument)
    known = {question.code: question for question in instrument.questions}
    for place, condition in conditions(instrument):
        for leaf in condition.leaves():
            question = known.get(leaf.code)
            if question is not None and not isinstance(leaf, Answered):
                yield from _leaf_findings(place, leaf, question)


def _leaf_findings(
    place: str, leaf: Comparison, question: Question
) -> Iterator[Finding]:
    retired = {choice.code for choice in question.choices if choice.retired}
    for literal in literals(leaf):
        if literal in retired:
            yield warning("retired_choice", place, name=question.code, choice=literal)
        elif not _in_range(literal, question):
            params = {"name": question.code, "literal": str(literal)}
            yield warning("out_of_range", place, **params)


def _in_range(literal: Scalar, question: Question) -> bool:
    if isinstance(literal, str):
        return True
    if question.kind is QuestionKind.SCALE:
        return literal in SCALE
    least, most = question.minimum, question.maximum
    return (least is None or least <= literal) and (most is None or literal <= most)


def _circles(instrument: Instrument) -> Iterator[Finding]:
    places = {question.code: place for place, question in instrument.placed()}
    order = {code: index for index, code in enumerate(places)}
    for circle in circles(_edges(instrument)):
        first = min(circle, key=lambda code: order[code])
        at = circle.index(first)
        told = " → ".join([*circle[at:], *circle[:at], first])
        yield error("cyclic_visibility", f"{places[first]}.visible_when", circle=told)


def _edges(instrument: Instrument) -> dict[str, set[str]]:
    codes = {question.code for question in instrument.questions}
    return {
        question.code: set(question.visible_when.names()) & codes
        for question in instrument.questions
        if question.visible_when
    }


def circles(edges: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """Yield circles until every circle of the graph shares a member with one.

    What leads to no circle is cut off, so that a walk along what is left ends in one.
    """
    left = {node: set(targets) for node, targets in edges.items()}
    users: dict[str, set[str]] = {}
    for node, targets in left.items():
        for target in targets:
            users.setdefault(target, set()).add(node)
    _cut(left, users, [target for target in users if target not in left])
    _cut(left, users, [node for node, targets in left.items() if not targets])
    while left:
        circle = _walk(left)
        yield circle
        _cut(left, users, circle)


def _cut(
    left: dict[str, set[str]], users: Mapping[str, set[str]], gone: list[str]
) -> None:
    """Take nodes out, and with them every node that leads nowhere without them."""
    waiting = list(gone)
    while waiting:
        node = waiting.pop()
        left.pop(node, None)
        for user in users.get(node, ()):
            if user in left:
                left[user].discard(node)
                if not left[user]:
                    waiting.append(user)


def _walk(left: Mapping[str, set[str]]) -> list[str]:
    path: dict[str, None] = {}
    node = next(iter(left))
    while node not in path:
        path[node] = None
        node = min(left[node])
    walked = list(path)
    return walked[walked.index(node) :]

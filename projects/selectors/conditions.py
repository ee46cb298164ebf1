"""Conditions of questionnaires as sentences in the reader's language."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from projects.scoring import ExpressionError, parse_expression
from projects.scoring.expression import (
    Answered,
    Comparison,
    Conjunction,
    Disjunction,
    Expression,
    Negation,
    Node,
    Operator,
    Scalar,
)
from riskbase.shared.templatetags.riskbase import localized

Entries = Mapping[str, Mapping[str, Any]]
"""Question code -> its entry in the document."""


def condition_text(condition: Expression | str, entries: Entries) -> str:
    """Return a condition in words; text that is no condition stays as it is."""
    if isinstance(condition, Expression):
        return _node(condition.root, entries)
    try:
        return _node(parse_expression(condition).root, entries)
    except ExpressionError:
        return condition


def _node(node: Node, entries: Entries, *, is_inner: bool = False) -> str:
    if isinstance(node, Conjunction | Disjunction):
        joined = _joined(node, entries)
        return _("(%(condition)s)") % {"condition": joined} if is_inner else joined
    if isinstance(node, Negation):
        inner = _node(node.operand, entries, is_inner=True)
        return _("it is not so that %(condition)s") % {"condition": inner}
    if isinstance(node, Answered):
        return _("“%(question)s” is answered") % {"question": _text(node.code, entries)}
    return _comparison(node, entries)


def _joined(node: Conjunction | Disjunction, entries: Entries) -> str:
    parts = [_node(each, entries, is_inner=True) for each in node.operands]
    word = _(" and ") if isinstance(node, Conjunction) else _(" or ")
    return word.join(parts)


def _comparison(leaf: Comparison, entries: Entries) -> str:
    told = {
        "question": _text(leaf.code, entries),
        "value": _values(leaf.literal, entries.get(leaf.code, {})),
    }
    return _pattern(leaf.operator) % told


def _pattern(operator: Operator) -> str:
    patterns = {
        Operator.EQUAL: _("“%(question)s” is %(value)s"),
        Operator.NOT_EQUAL: _("“%(question)s” is answered, and not with %(value)s"),
        Operator.LESS: _("“%(question)s” is less than %(value)s"),
        Operator.AT_MOST: _("“%(question)s” is at most %(value)s"),
        Operator.MORE: _("“%(question)s” is more than %(value)s"),
        Operator.AT_LEAST: _("“%(question)s” is at least %(value)s"),
        Operator.IN: _("“%(question)s” is one of %(value)s"),
        Operator.NOT_IN: _("“%(question)s” is answered, and with none of %(value)s"),
        Operator.HAS: _("“%(question)s” includes %(value)s"),
        Operator.HAS_NOT: _("“%(question)s” is answered without %(value)s"),
    }
    return patterns[operator]


def _values(literal: Scalar | Sequence[Scalar], entry: Mapping[str, Any]) -> str:
    if isinstance(literal, tuple):
        return ", ".join(_value(each, entry) for each in literal)
    return _value(literal, entry)  # type: ignore[arg-type]


def _value(literal: Scalar, entry: Mapping[str, Any]) -> str:
    if isinstance(literal, Fraction):
        is_whole = literal.denominator == 1
        return number_format(
            int(literal) if is_whole else float(literal), force_grouping=True
        )
    texts = {choice["code"]: choice["text"] for choice in entry.get("choices", [])}
    return _("“%(text)s”") % {"text": localized(texts.get(literal, literal))}


def _text(code: str, entries: Entries) -> str:
    entry = entries.get(code)
    return localized(entry["text"]) if entry and "text" in entry else code

"""How SurveyJS compares two values: loosely, as its own engine does."""

import re
from fractions import Fraction

from projects.scoring.surveyjs.nodes import Relation, Scalar

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,10})?")


def alike(value: Scalar) -> Scalar:
    """Return a text that reads like a number or a truth as what it reads like."""
    if not isinstance(value, str):
        return value
    plain = value.strip()
    if _NUMBER.fullmatch(plain):
        return Fraction(plain)
    return {"true": True, "false": False}.get(plain.lower(), plain.lower())


def same(one: Scalar, other: Scalar) -> bool:
    """Tell whether both are equal, whatever their case."""
    left, right = alike(one), alike(other)
    return type(left) is type(right) and left == right


def ordered(value: Scalar, said: Scalar, relation: Relation) -> bool:
    """Tell whether a value stands to another as the relation says."""
    if relation in (Relation.EQUAL, Relation.AT_LEAST, Relation.AT_MOST) and same(
        value, said
    ):
        return True
    left, right = alike(value), alike(said)
    if isinstance(left, bool) or isinstance(right, bool) or relation is Relation.EQUAL:
        return False
    is_more = relation in (Relation.MORE, Relation.AT_LEAST)
    if isinstance(left, str) and isinstance(right, str):
        return left > right if is_more else left < right
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left > right if is_more else left < right
    return False


def contains(whole: Scalar, part: Scalar | tuple[Scalar, ...]) -> bool:
    """Tell whether the text of one is part of the text of the other."""
    parts = part if isinstance(part, tuple) else (part,)
    wanted = ",".join(map(text_of, parts)).lower()
    return bool(wanted) and wanted in text_of(whole).lower()


def text_of(value: Scalar) -> str:
    """Write a value as JavaScript does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
        return repr(value.numerator / value.denominator)
    return value


def scalar_of(value: object) -> Scalar | None:
    """Read a value of JSON; None for what is no value of a choice."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        return Fraction(repr(value))
    return None

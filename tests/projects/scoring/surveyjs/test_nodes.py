"""Conditions are values: equal where they say the same."""

from fractions import Fraction

from projects.scoring.surveyjs.nodes import All, Comparison, Name, Relation


def test_nodes_are_compared_by_what_they_say():
    one = Comparison(Name("q", 0), Relation.MORE, Fraction(1))
    assert All((one,)) == All((Comparison(Name("q", 0), Relation(">"), Fraction(1)),))

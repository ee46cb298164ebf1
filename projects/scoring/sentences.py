"""What every problem and finding says in English: one template for each code.

`projects/findings.py` says the same in the reader's language.
"""

from collections.abc import Mapping

FORM = {
    "missing": "missing",
    "missing_translation": "the translation is missing",
    "unknown_key": "unknown key",
    "unknown_language": "not a language of this questionnaire",
    "not_a_mapping": "not a mapping",
    "not_a_list": "not a list",
    "not_a_text": "not a text (quote words such as yes, no, on, off)",
    "not_a_whole_number": "not a whole number",
    "not_a_number": "not a number",
    "not_a_flag": "neither true nor false",
    "not_a_member": "not one of %(members)s",
    "not_a_version": "neither a whole number nor a text",
    "not_numbers": "not a list of numbers",
    "not_points": "not a list of pairs of numbers",
    "not_texts": "not a list of texts",
    "not_words": "not a text per language",
    "empty_text": "not a text",
}
"""A value that does not have the form the format gives it."""

CONDITION = {
    "at_character": "%(sentence)s (at character %(position)s)",
    "condition_too_long": "longer than %(most)s characters",
    "condition_too_deep": "nested deeper than %(most)s",
    "condition_too_large": "more than %(most)s parts",
    "unexpected_character": "unexpected %(character)s",
    "expected_end": "expected `and`, `or` or the end",
    "expected_comparison": ("a question is compared with ==, !=, <, <=, >, >= or in"),
    "expected_literal": "expected a short number or a text in quotes",
    "expected_question": "expected the code of a question",
    "expected_sign": "expected `%(sign)s`",
    "chained_comparison": "comparisons are not chained: join them with `and`",
    "unknown_question": "`%(name)s` is not a question",
    "later_question": "`%(name)s` is not an earlier question",
    "unsuited_operator": (
        "`%(operator)s` does not suit `%(name)s`, a question of kind %(kind)s"
    ),
    "missing_choice": "`%(name)s` has no choice `%(literal)s`",
    "impossible_value": "`%(name)s` never has the value %(literal)s",
}
"""A condition that cannot be read, or does not suit the questions it names."""

SENSE = {
    "bad_questionnaire_code": "`%(name)s` is not a code",
    "bad_code": "not a snake_case code",
    "bad_question_code": "not a snake_case code, or a reserved word",
    "bad_threshold": "the completeness threshold is not in 0..1",
    "duplicate_code": "the code `%(name)s` is used more than once",
    "bad_signal": "not in 0..1 with two decimals",
    "bad_cause": "`%(name)s` is not a cause",
    "bad_weight": "%(weight)s is not in 1..10",
    "duplicate_cause": "a cause is named twice",
    "never_scored": "a question of kind %(kind)s is never scored",
    "unweighted": "a scored question weighs on something",
    "impact_mixed": "impact questions have a weight on impact, others have none",
    "impact_alone": "impact questions weigh on impact only",
    "too_few_choices": "at least two are needed",
    "needless_choices": "a question of kind %(kind)s has none",
    "bad_floor": "the floor is not in 0..100",
    "floor_on_mildest": "the mildest choice cannot carry a floor",
    "floor_missing": "needs the floor of %(choice)s",
    "floor_elsewhere": "the floor is on the other dimension",
    "wrong_signal_count": "%(count)s are needed",
    "too_few_breakpoints": "at least two are needed",
    "unsorted_breakpoints": "the numbers do not rise",
    "empty_range": "not below the maximum",
    "breakpoints_outside": ("none of the breakpoints lies between minimum and maximum"),
    "too_many_digits": "more than 15 digits or 10 decimals",
    "practice_misplaced": "named exactly when the effect is require_practice",
    "bad_practice": "`%(name)s` is not a slug",
    "unknown_cause": "`%(name)s` is not a cause",
    "floor_without_weight": "the floor on `%(name)s` needs a weight",
    "bad_language": "not language codes such as en or zh-hans",
    "unknown_scale": "`%(name)s` is not a scale",
    "no_points": "no question gives points on this scale",
    "bad_points": "not a whole number from 0 to %(most)s",
    "bad_alternatives": "not a whole number from 1 to %(most)s",
    "adjusts_itself": "a scale cannot adjust itself",
    "bad_share": "not a share above 0 and up to 1",
    "bands_open": "the last band must reach 1",
    "unsorted_bands": "the bands do not rise",
    "falling_tiers": "a higher band has a lower tier",
}
"""A document in the right form that cannot be scored."""

SOURCE = {
    "at_line": "line %(line)s, column %(column)s: %(sentence)s",
    "too_large": "more than %(most)s bytes",
    "too_deep": "nested deeper than %(most)s levels",
    "too_many_nodes": "more than %(most)s values",
    "undecodable": "not text in UTF-8",
    "control_character": "contains a control character",
    "not_yaml": "not readable as YAML or JSON: %(detail)s",
    "empty_document": "there is no document",
    "several_documents": "more than one document",
    "not_a_document": "the document is not a mapping",
    "alias": "anchors and aliases are not accepted",
    "tag": "tags are not accepted",
    "key_not_text": "a key is not a text (quote it)",
    "key_too_long": "a key is longer than %(most)s characters",
    "duplicate_key": "the key `%(key)s` is used more than once",
    "not_finite": "not a finite number",
    "number_too_long": "a number of more than %(most)s characters",
}
"""A text that is refused before it becomes a document."""

LINT = {
    "cyclic_visibility": "the visibility goes in a circle: %(circle)s",
    "unreachable_question": "no answers ever show this question",
    "contradiction": "no answers ever fulfil this condition",
    "always_true": "every answer fulfils this condition",
    "retired_choice": "the choice `%(choice)s` of `%(name)s` is retired",
    "out_of_range": "`%(name)s` is compared with %(literal)s, outside its range",
    "not_checked": "too many combinations: whether this can hold was not checked",
    "gate_never_fires": "no answers ever fire this gate",
    "gate_always_fires": "every answer fires this gate",
    "unknown_practice": "`%(name)s` is not a practice",
    "flat_signal": "every answer has the same signal, so it warns of nothing",
    "idle_weight": "no answer to this question can move the tier",
    "unreachable_tier": "no answers lead to the tier `%(tier)s`",
    "unreachable_band": "no answers lead to the band `%(name)s`",
    "idle_scale": "the scale is neither the total nor adjusts it",
    "flat_points": "every answer gives the same points, so it warns of nothing",
    "saturated_choices": (
        "the signals add up to %(sum)s: further ticks beyond 1 say nothing"
    ),
    "saturated_cause": "every answer puts `%(name)s` at %(least)s or more",
    "unasked_cause": "no question asks about `%(name)s`",
    "no_impact_question": "no question on impact: there will never be a tier",
    "no_likelihood_question": "no question on likelihood: there will never be a tier",
    "unknown_signal_outside": (
        "%(signal)s is outside the signals of the answers, %(least)s to %(most)s"
    ),
    "range_uncovered": (
        "the breakpoints do not reach %(number)s: the signal stays level there"
    ),
    "zero_threshold": "at 0 every tier is final, however little is answered",
    "empty_section": "the section has no questions",
    "long_text": "longer than %(most)s characters (%(language)s)",
    "duplicate_text": "the same text as %(other)s (%(language)s)",
    "untranslated": "the same text in %(language)s and %(other)s",
    "removed_question": (
        "`%(name)s` of the version before is gone: its answers will not carry over"
    ),
    "removed_choice": (
        "`%(choice)s` of the version before is gone: mark it retired instead, so that"
        " its answers carry over"
    ),
    "changed_kind": "was of kind %(kind)s before: its answers will not carry over",
    "more_findings": "%(count)s more findings are not listed",
}
"""A document that can be scored, but hardly as its author means it."""

TEMPLATES: Mapping[str, str] = {**FORM, **CONDITION, **SENSE, **SOURCE, **LINT}


def sentence(
    code: str,
    params: Mapping[str, object],
    templates: Mapping[str, object] = TEMPLATES,
) -> str:
    """Return what a code says with its parameters, in the words of the templates.

    A parameter `position` (from 0) is told as the place in a condition.
    """
    said = str(templates[code]) % params
    if "position" not in params:
        return said
    place = {"sentence": said, "position": int(str(params["position"])) + 1}
    return str(templates["at_character"]) % place

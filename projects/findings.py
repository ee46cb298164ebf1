"""What every problem and finding says, in the language of the reader."""

from django.utils.translation import gettext_lazy as _

from projects.scoring import ExpressionError, Problem
from projects.scoring.lint import Finding
from projects.scoring.sentences import sentence
from projects.scoring.source import SourceError

SENTENCES = {
    "missing": _("missing"),
    "missing_translation": _("the translation is missing"),
    "unknown_key": _("unknown key"),
    "unknown_language": _("not a language of this questionnaire"),
    "not_a_mapping": _("not a mapping"),
    "not_a_list": _("not a list"),
    "not_a_text": _("not a text (quote words such as yes, no, on, off)"),
    "not_a_whole_number": _("not a whole number"),
    "not_a_number": _("not a number"),
    "not_a_flag": _("neither true nor false"),
    "not_a_member": _("not one of %(members)s"),
    "not_a_version": _("neither a whole number nor a text"),
    "not_numbers": _("not a list of numbers"),
    "not_points": _("not a list of pairs of numbers"),
    "not_texts": _("not a list of texts"),
    "not_words": _("not a text per language"),
    "empty_text": _("not a text"),
    "at_character": _("%(sentence)s (at character %(position)s)"),
    "condition_too_long": _("longer than %(most)s characters"),
    "condition_too_deep": _("nested deeper than %(most)s"),
    "condition_too_large": _("more than %(most)s parts"),
    "unexpected_character": _("unexpected %(character)s"),
    "expected_end": _("expected `and`, `or` or the end"),
    "expected_comparison": _("a question is compared with ==, !=, <, <=, >, >= or in"),
    "expected_literal": _("expected a short number or a text in quotes"),
    "expected_question": _("expected the code of a question"),
    "expected_sign": _("expected `%(sign)s`"),
    "chained_comparison": _("comparisons are not chained: join them with `and`"),
    "unknown_question": _("`%(name)s` is not a question"),
    "later_question": _("`%(name)s` is not an earlier question"),
    "unsuited_operator": _(
        "`%(operator)s` does not suit `%(name)s`, a question of kind %(kind)s"
    ),
    "missing_choice": _("`%(name)s` has no choice `%(literal)s`"),
    "impossible_value": _("`%(name)s` never has the value %(literal)s"),
    "bad_questionnaire_code": _("`%(name)s` is not a code"),
    "bad_code": _("not a snake_case code"),
    "bad_question_code": _("not a snake_case code, or a reserved word"),
    "bad_threshold": _("the completeness threshold is not in 0..1"),
    "duplicate_code": _("the code `%(name)s` is used more than once"),
    "bad_signal": _("not in 0..1 with two decimals"),
    "bad_cause": _("`%(name)s` is not a cause"),
    "bad_weight": _("%(weight)s is not in 1..10"),
    "duplicate_cause": _("a cause is named twice"),
    "never_scored": _("a question of kind %(kind)s is never scored"),
    "unweighted": _("a scored question weighs on something"),
    "impact_mixed": _("impact questions have a weight on impact, others have none"),
    "impact_alone": _("impact questions weigh on impact only"),
    "too_few_choices": _("at least two are needed"),
    "needless_choices": _("a question of kind %(kind)s has none"),
    "bad_floor": _("the floor is not in 0..100"),
    "floor_on_mildest": _("the mildest choice cannot carry a floor"),
    "floor_missing": _("needs the floor of %(choice)s"),
    "floor_elsewhere": _("the floor is on the other dimension"),
    "wrong_signal_count": _("%(count)s are needed"),
    "too_few_breakpoints": _("at least two are needed"),
    "unsorted_breakpoints": _("the numbers do not rise"),
    "empty_range": _("not below the maximum"),
    "breakpoints_outside": _(
        "none of the breakpoints lies between minimum and maximum"
    ),
    "too_many_digits": _("more than 15 digits or 10 decimals"),
    "practice_misplaced": _("named exactly when the effect is require_practice"),
    "bad_practice": _("`%(name)s` is not a slug"),
    "unknown_cause": _("`%(name)s` is not a cause"),
    "floor_without_weight": _("the floor on `%(name)s` needs a weight"),
    "bad_language": _("not language codes such as en or zh-hans"),
    "unknown_scale": _("`%(name)s` is not a scale"),
    "no_points": _("no question gives points on this scale"),
    "bad_points": _("not a whole number from 0 to %(most)s"),
    "bad_alternatives": _("not a whole number from 1 to %(most)s"),
    "adjusts_itself": _("a scale cannot adjust itself"),
    "bad_share": _("not a share above 0 and up to 1"),
    "bands_open": _("the last band must reach 1"),
    "unsorted_bands": _("the bands do not rise"),
    "falling_tiers": _("a higher band has a lower tier"),
    "at_line": _("line %(line)s, column %(column)s: %(sentence)s"),
    "too_large": _("more than %(most)s bytes"),
    "too_deep": _("nested deeper than %(most)s levels"),
    "too_many_nodes": _("more than %(most)s values"),
    "undecodable": _("not text in UTF-8"),
    "control_character": _("contains a control character"),
    "not_yaml": _("not readable as YAML or JSON: %(detail)s"),
    "empty_document": _("there is no document"),
    "several_documents": _("more than one document"),
    "not_a_document": _("the document is not a mapping"),
    "alias": _("anchors and aliases are not accepted"),
    "tag": _("tags are not accepted"),
    "key_not_text": _("a key is not a text (quote it)"),
    "key_too_long": _("a key is longer than %(most)s characters"),
    "duplicate_key": _("the key `%(key)s` is used more than once"),
    "not_finite": _("not a finite number"),
    "number_too_long": _("a number of more than %(most)s characters"),
    "cyclic_visibility": _("the visibility goes in a circle: %(circle)s"),
    "unreachable_question": _("no answers ever show this question"),
    "contradiction": _("no answers ever fulfil this condition"),
    "always_true": _("every answer fulfils this condition"),
    "retired_choice": _("the choice `%(choice)s` of `%(name)s` is retired"),
    "out_of_range": _("`%(name)s` is compared with %(literal)s, outside its range"),
    "not_checked": _("too many combinations: whether this can hold was not checked"),
    "gate_never_fires": _("no answers ever fire this gate"),
    "gate_always_fires": _("every answer fires this gate"),
    "unknown_practice": _("`%(name)s` is not a practice"),
    "flat_signal": _("every answer has the same signal, so it warns of nothing"),
    "idle_weight": _("no answer to this question can move the tier"),
    "unreachable_tier": _("no answers lead to the tier `%(tier)s`"),
    "unreachable_band": _("no answers lead to the band `%(name)s`"),
    "idle_scale": _("the scale is neither the total nor adjusts it"),
    "flat_points": _("every answer gives the same points, so it warns of nothing"),
    "saturated_choices": _(
        "the signals add up to %(sum)s: further ticks beyond 1 say nothing"
    ),
    "saturated_cause": _("every answer puts `%(name)s` at %(least)s or more"),
    "unasked_cause": _("no question asks about `%(name)s`"),
    "no_impact_question": _("no question on impact: there will never be a tier"),
    "no_likelihood_question": _(
        "no question on likelihood: there will never be a tier"
    ),
    "unknown_signal_outside": _(
        "%(signal)s is outside the signals of the answers, %(least)s to %(most)s"
    ),
    "range_uncovered": _(
        "the breakpoints do not reach %(number)s: the signal stays level there"
    ),
    "zero_threshold": _("at 0 every tier is final, however little is answered"),
    "empty_section": _("the section has no questions"),
    "long_text": _("longer than %(most)s characters (%(language)s)"),
    "duplicate_text": _("the same text as %(other)s (%(language)s)"),
    "untranslated": _("the same text in %(language)s and %(other)s"),
    "removed_question": _(
        "`%(name)s` of the version before is gone: its answers will not carry over"
    ),
    "removed_choice": _(
        "`%(choice)s` of the version before is gone: mark it retired instead, so that its answers carry over"
    ),
    "changed_kind": _("was of kind %(kind)s before: its answers will not carry over"),
    "more_findings": _("%(count)s more findings are not listed"),
}
"""Code to the template of `projects.scoring.sentences`, translated."""


def told(problem: Problem | Finding | ExpressionError | SourceError) -> str:
    """Return what a problem says, without its place."""
    params = problem.params
    if isinstance(problem, ExpressionError):
        params = {**params, "position": problem.position}
    return sentence(problem.code, params, SENTENCES)

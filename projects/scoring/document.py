"""From a questionnaire document to an Instrument; texts are checked and left there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from projects.scoring.expression import Comparison, Expression, Operator
from projects.scoring.grammar import ExpressionError, parse_expression
from projects.scoring.instrument import (
    COMPLETENESS_THRESHOLD,
    IMPACT,
    LANGUAGES,
    UNKNOWN_SIGNAL,
    Choice,
    Combine,
    Dimension,
    Floor,
    Gate,
    GateEffect,
    Instrument,
    InstrumentError,
    Method,
    Problem,
    Question,
    QuestionKind,
    Section,
)
from projects.scoring.reader import Entry, Findings
from projects.scoring.rules_reader import read_rules
from projects.scoring.validity import require_valid

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
UNREAD = Expression("", Comparison("unread", Operator.EQUAL, ""))


def instrument_from_document(
    document: Mapping[str, object], languages: Iterable[str] = LANGUAGES
) -> Instrument:
    """Read a whole questionnaire, or raise InstrumentError with all problems.

    Texts must be there in exactly these languages, or in those the document names
    itself; with none, in any.
    """
    instrument, problems = read_document(document, languages)
    if problems:
        raise InstrumentError(problems)
    return require_valid(instrument)


def read_document(
    document: object, languages: Iterable[str] = LANGUAGES
) -> tuple[Instrument, tuple[Problem, ...]]:
    """Read what can be read, with what is wrong with its form.

    Stand-ins take the place of what cannot; whether it makes sense is not asked.
    """
    findings = Findings(frozenset(languages))
    entry = Entry(document, "", findings)
    _speak(entry, findings)
    for key in ("title", "description"):
        entry.words(key)
    entry.whole("minutes")
    method = entry.member("method", Method, Method.WEIGHTED)
    gates = entry.entries("gates") if entry.has("gates") else []
    instrument = Instrument(
        code=entry.text("code"),
        version=_version(entry),
        sections=tuple(_section(each, method) for each in entry.entries("sections")),
        gates=tuple(_gate(each) for each in gates),
        completeness_threshold=entry.number_or(
            "completeness_threshold", COMPLETENESS_THRESHOLD
        ),
        rules=read_rules(entry) if method is Method.ADDITIVE else None,
    )
    entry.finish()
    return instrument, tuple(findings.problems)


def _speak(entry: Entry, findings: Findings) -> None:
    """Ask for the languages the document names, where any are asked for."""
    if not entry.has("languages"):
        return
    named = entry.texts("languages")
    if not named or not all(map(LANGUAGE.fullmatch, named)):
        entry.note("languages", "bad_language")
    elif findings.languages:
        findings.languages = frozenset(named)


def _version(entry: Entry) -> str:
    if not entry.has("version"):
        return entry.text("version")
    version = entry.take("version")
    if isinstance(version, int | str) and not isinstance(version, bool) and version:
        return str(version)
    entry.note("version", "not_a_version")
    return ""


def _section(entry: Entry, method: Method) -> Section:
    entry.words("title")
    if method is Method.WEIGHTED or entry.has("description"):
        entry.words("description")
    entry.whole("minutes")
    questions = tuple(_question(each, method) for each in entry.entries("questions"))
    section = Section(entry.text("code"), questions)
    entry.finish()
    return section


def _question(entry: Entry, method: Method) -> Question:
    for key in ("text", "help", "why"):
        # Imported questionnaires often explain nothing; ours always do.
        if key == "text" or method is Method.WEIGHTED or entry.has(key):
            entry.words(key)
    if entry.has("sources"):
        _check_sources(entry.entry("sources"))
    if not entry.has("kind"):
        entry.note("kind", "missing")
    dimension = entry.member("dimension", Dimension, Dimension.LIKELIHOOD)
    plain = Question(
        code=entry.text("code"),
        kind=entry.member("kind", QuestionKind, QuestionKind.TEXT),
        dimension=dimension,
        weights=_weights(entry, dimension),
        visible_when=_condition(entry, "visible_when")
        if entry.has("visible_when")
        else None,
        allow_unknown=entry.flag("allow_unknown", default=True),
        unknown_signal=entry.number_or("unknown_signal", UNKNOWN_SIGNAL),
        allow_not_applicable=entry.flag("allow_not_applicable", default=False),
    )
    if method is Method.ADDITIVE:
        question = _with_points(entry, plain)
    else:
        question = _with_answers(entry, plain)
    entry.finish()
    return question


def _with_points(entry: Entry, plain: Question) -> Question:
    """Add what an additive questionnaire counts; other kinds are facts for conditions."""
    if plain.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return _with_facts(entry, plain)
    scale = entry.text("scale") if entry.has("scale") else ""
    choices = tuple(
        _pointed(each, scored=bool(scale)) for each in entry.entries("choices")
    )
    return replace(plain, choices=choices, scale=scale)


def _with_facts(entry: Entry, plain: Question) -> Question:
    if plain.kind is QuestionKind.SCALE:
        for key in ("low_label", "high_label"):
            if entry.has(key):
                entry.words(key)
    if plain.kind is not QuestionKind.NUMBER:
        return plain
    if entry.has("unit"):
        entry.words("unit")
    return replace(
        plain,
        minimum=entry.number_or("minimum", None),
        maximum=entry.number_or("maximum", None),
    )


def _pointed(entry: Entry, *, scored: bool) -> Choice:
    entry.words("text")
    choice = Choice(
        entry.text("code"),
        Fraction(),
        retired=entry.flag("retired", default=False),
        points=entry.whole("points") if scored else 0,
    )
    entry.finish()
    return choice


def _with_answers(entry: Entry, plain: Question) -> Question:
    """Add what the kind of a question calls for."""
    match plain.kind:
        case QuestionKind.SINGLE:
            return replace(plain, choices=_choices(entry))
        case QuestionKind.MULTIPLE:
            if not entry.has("combine"):
                entry.note("combine", "missing")
            combine = entry.member("combine", Combine, Combine.MAX)
            return replace(plain, choices=_choices(entry), combine=combine)
        case QuestionKind.SCALE:
            entry.words("low_label")
            entry.words("high_label")
            return replace(plain, signals=entry.numbers("signals"))
        case QuestionKind.NUMBER:
            entry.words("unit")
            return replace(
                plain,
                minimum=entry.number_or("minimum", None),
                maximum=entry.number_or("maximum", None),
                breakpoints=entry.points("breakpoints")
                if entry.has("breakpoints")
                else (),
            )
        case _:
            return plain


def _check_sources(sources: Entry) -> None:
    for key in ("seeds", "literature"):
        if sources.has(key):
            sources.texts(key)
    sources.finish()


def _weights(entry: Entry, dimension: Dimension) -> tuple[tuple[str, int], ...]:
    if dimension is Dimension.IMPACT:
        return ((IMPACT, entry.whole("weight")),) if entry.has("weight") else ()
    return entry.weights("weights") if entry.has("weights") else ()


def _choices(entry: Entry) -> tuple[Choice, ...]:
    return tuple(_choice(each) for each in entry.entries("choices"))


def _choice(entry: Entry) -> Choice:
    entry.words("text")
    floor = _floor(entry.entry("floor")) if entry.has("floor") else None
    choice = Choice(
        entry.text("code"),
        entry.number("signal"),
        floor,
        retired=entry.flag("retired", default=False),
    )
    entry.finish()
    return choice


def _floor(entry: Entry) -> Floor:
    floor = Floor(entry.text("cause"), entry.whole("score"))
    entry.finish()
    return floor


def _gate(entry: Entry) -> Gate:
    entry.words("message")
    if not entry.has("effect"):
        entry.note("effect", "missing")
    gate = Gate(
        code=entry.text("code"),
        when=_condition(entry, "when"),
        effect=entry.member("effect", GateEffect, GateEffect.BLOCK),
        practice=entry.text("practice") if entry.has("practice") else None,
    )
    entry.finish()
    return gate


def _condition(entry: Entry, key: str) -> Expression:
    source = entry.text(key)
    try:
        return parse_expression(source) if source else UNREAD
    except ExpressionError as error:
        entry.note(key, error.code, **error.params, position=error.position)
        return UNREAD

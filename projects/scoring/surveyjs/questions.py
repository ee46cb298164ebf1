"""One element of a survey as a question of our document, without its condition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from projects.scoring.answers import decimal_text
from projects.scoring.instrument import SCALE, QuestionKind
from projects.scoring.surveyjs.codes import Codes
from projects.scoring.surveyjs.convention import (
    Convention,
    PointsError,
    points_in,
    scale_of,
)
from projects.scoring.surveyjs.elements import Asked
from projects.scoring.surveyjs.nodes import Scalar
from projects.scoring.surveyjs.report import Report
from projects.scoring.surveyjs.settings import strange_settings
from projects.scoring.surveyjs.texts import Texts, Words
from projects.scoring.surveyjs.translation import Known, Option
from projects.scoring.surveyjs.values import scalar_of, text_of

MAX_RATING = 100
_KINDS = {
    "radiogroup": QuestionKind.SINGLE,
    "dropdown": QuestionKind.SINGLE,
    "buttongroup": QuestionKind.SINGLE,
    "checkbox": QuestionKind.MULTIPLE,
    "tagbox": QuestionKind.MULTIPLE,
    "rating": QuestionKind.SINGLE,
    "boolean": QuestionKind.SINGLE,
    "text": QuestionKind.TEXT,
    "comment": QuestionKind.TEXT,
}
_INPUTS = {
    "number": QuestionKind.NUMBER,
    "range": QuestionKind.NUMBER,
    "date": QuestionKind.DATE,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A question of our document, and what conditions may know of it."""

    entry: dict[str, Any]
    known: Known
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Offer:
    """A choice before it has a code."""

    value: Scalar
    words: Words | None
    place: str


class Questions:
    """Makes questions of elements; one for a whole survey."""

    def __init__(self, texts: Texts, convention: Convention, report: Report) -> None:
        self._texts = texts
        self._convention = convention
        self._report = report
        self._codes = Codes("q")

    def made(self, asked: Asked) -> Made | None:
        """Return the question, or None for a type that is not known."""
        raw, place = asked.raw, asked.place
        kind = str(raw.get("type", "text"))
        if kind not in _KINDS:
            self._report.add("unknown_type", place, type=kind)
            return None
        for setting in strange_settings(raw):
            self._report.add("ignored_setting", place, name=setting)
        code = self._codes.question(asked.name)
        entry: dict[str, Any] = {"code": code, **self._spoken(asked)}
        if _KINDS[kind] is QuestionKind.TEXT:
            return self._open(entry, kind, raw)
        if kind == "rating" and _is_scale(raw):
            return self._scale(entry, asked)
        return self._closed(entry, kind, asked)

    def _spoken(self, asked: Asked) -> dict[str, Any]:
        title = self._texts.words(asked.raw.get("title"), asked.place)
        spoken: dict[str, Any] = {"text": title or self._texts.same(asked.name)}
        for key in ("description", "help"):
            help_text = self._texts.words(asked.raw.get(key), asked.place)
            if help_text and "help" not in spoken:
                spoken["help"] = help_text
        if asked.raw.get("isRequired") is True:
            spoken["allow_unknown"] = False
        return spoken

    def _open(self, entry: dict[str, Any], kind: str, raw: Mapping[str, Any]) -> Made:
        input_type = raw.get("inputType") if kind == "text" else None
        asked = _INPUTS.get(input_type) if isinstance(input_type, str) else None
        found = asked or QuestionKind.TEXT
        entry["kind"] = found.value
        if found is QuestionKind.NUMBER:
            entry |= _limits(raw)
        return Made(entry, Known(entry["code"], found), {})

    def _scale(self, entry: dict[str, Any], asked: Asked) -> Made:
        entry["kind"] = QuestionKind.SCALE.value
        ends = {"low_label": "minRateDescription", "high_label": "maxRateDescription"}
        for key, setting in ends.items():
            words = self._texts.words(asked.raw.get(setting), asked.place)
            if words:
                entry[key] = words
        steps = tuple(Option(Fraction(step), str(step)) for step in SCALE)
        return Made(entry, Known(entry["code"], QuestionKind.SCALE, steps), {})

    def _closed(self, entry: dict[str, Any], kind: str, asked: Asked) -> Made:
        offers = self._once(list(self._offers(kind, asked)))
        if not offers:
            self._report.add("no_choices", asked.place)
            entry["kind"] = QuestionKind.TEXT.value
            return Made(entry, Known(entry["code"], QuestionKind.TEXT), {})
        found = _KINDS[kind]
        if len(offers) == 1 and found is QuestionKind.SINGLE:
            self._report.add("one_choice", asked.place)
            found = QuestionKind.MULTIPLE
        entry["kind"] = found.value
        scale = scale_of(self._convention, kind, asked.name, asked.panel)
        if scale:
            entry["scale"] = scale
        codes = Codes("c")
        values: dict[str, str] = {}
        options = []
        entry["choices"] = []
        for offer in offers:
            written = text_of(offer.value)
            code = values[written] = codes.choice(written)
            words = offer.words or self._texts.same(written)
            choice: dict[str, Any] = {"code": code, "text": words}
            if scale:
                choice["points"] = self._points(written, offer.place)
            entry["choices"].append(choice)
            options.append(Option(offer.value, f"'{code}'"))
        self._report.counts["choices"] += len(offers)
        return Made(entry, Known(entry["code"], found, tuple(options)), values)

    def _points(self, written: str, place: str) -> int:
        try:
            return points_in(written)
        except PointsError:
            self._report.add("bad_points", place, choice=written)
            return 0

    def _once(self, offers: list[_Offer]) -> list[_Offer]:
        once: dict[str, _Offer] = {}
        for offer in offers:
            written = text_of(offer.value)
            if not written.strip():
                self._report.add("malformed", offer.place)
            elif written in once:
                self._report.add("duplicate_choice", offer.place, choice=written)
            else:
                once[written] = offer
        return list(once.values())

    def _offers(self, kind: str, asked: Asked) -> Iterator[_Offer]:
        raw, place = asked.raw, asked.place
        if kind == "boolean":
            yield from self._boolean(raw, place)
            return
        listed = raw.get("rateValues") if kind == "rating" else raw.get("choices")
        if kind == "rating" and not listed:
            listed = _steps(raw)
        for item in listed if isinstance(listed, list) else []:
            is_rich = isinstance(item, dict)
            value = scalar_of(item.get("value") if is_rich else item)
            if value is None:
                self._report.add("malformed", place)
                continue
            words = self._texts.words(item.get("text"), place) if is_rich else None
            yield _Offer(value, words, place)
        if kind != "rating":
            yield from self._special(raw, place)

    def _boolean(self, raw: Mapping[str, Any], place: str) -> Iterator[_Offer]:
        sides = (("valueTrue", "labelTrue", "yes"), ("valueFalse", "labelFalse", "no"))
        for value_key, label_key, word in sides:
            value = scalar_of(raw.get(value_key, word == "yes"))
            words = self._texts.words(raw.get(label_key), place)
            is_usable = value is not None and value != ""
            yield _Offer(
                value if is_usable and value is not None else word == "yes",
                words or self._texts.built_in(word),
                place,
            )

    def _special(self, raw: Mapping[str, Any], place: str) -> Iterator[_Offer]:
        for word, older, newer in (
            ("none", "hasNone", "showNoneItem"),
            ("other", "hasOther", "showOtherItem"),
        ):
            if raw.get(older) is True or raw.get(newer) is True:
                words = self._texts.words(raw.get(f"{word}Text"), place)
                yield _Offer(word, words or self._texts.built_in(word), place)
                if word == "other":
                    self._report.add("other_written", place)


def _is_scale(raw: Mapping[str, Any]) -> bool:
    return not raw.get("rateValues") and _steps(raw) == list(SCALE)


def _steps(raw: Mapping[str, Any]) -> list[int]:
    """Return the steps of a rating, from 1 to 5 where nothing else is said."""
    count = raw.get("rateCount")
    most = count if isinstance(count, int) else 5
    least, most, step = (
        raw.get(key, instead)
        for key, instead in (("rateMin", 1), ("rateMax", most), ("rateStep", 1))
    )
    if not all(type(number) is int for number in (least, most, step)):
        return []
    if step < 1 or not 0 < (most - least) // step <= MAX_RATING:
        return []
    return list(range(least, most + 1, step))


def _limits(raw: Mapping[str, Any]) -> dict[str, Any]:
    limits = {"minimum": _limit(raw.get("min")), "maximum": _limit(raw.get("max"))}
    known = {key: limit for key, limit in limits.items() if limit is not None}
    is_empty = len(known) == 2 and known["minimum"] >= known["maximum"]
    return {} if is_empty else known


def _limit(written: object) -> Any:
    """Return a limit as the document writes it; None for what is no number."""
    text = decimal_text(written)
    if text is None:
        return None
    return float(text) if "." in text else int(text)

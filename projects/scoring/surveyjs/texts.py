"""Texts of a survey, one or one per language, as texts in every language it speaks."""

import html
import re
from collections.abc import Iterator, Mapping

from projects.scoring.surveyjs.report import Report

DEFAULT = "default"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_READ_AS = {"zh-cn": "zh-hans", "zh": "zh-hans", "zh-tw": "zh-hant"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_TEXTS = frozenset({"title", "description", "help", "text", "otherText", "noneText"})
_MOST_DEEP = 40
MAX_LANGUAGES = 30
_BUILT_IN = {
    "yes": {
        "en": "Yes",
        "de": "Ja",
        "es": "Sí",
        "fr": "Oui",
        "ru": "Да",
        "zh-hans": "是",
    },
    "no": {
        "en": "No",
        "de": "Nein",
        "es": "No",
        "fr": "Non",
        "ru": "Нет",
        "zh-hans": "否",
    },
    "other": {
        "en": "Other",
        "de": "Anderes",
        "es": "Otro",
        "fr": "Autre",
        "ru": "Другое",
        "zh-hans": "其他",
    },
    "none": {
        "en": "None",
        "de": "Nichts davon",
        "es": "Ninguno",
        "fr": "Aucun",
        "ru": "Ничего",
        "zh-hans": "无",
    },
}
"""What SurveyJS shows by itself where the survey says nothing."""

Words = dict[str, str]


class Texts:
    """Turns texts of one survey into words in all its languages."""

    def __init__(self, survey: Mapping[str, object], report: Report) -> None:
        self._report = report
        locale = survey.get("locale")
        self._main = _language(locale) if isinstance(locale, str) else ""
        self._main = self._main or "en"
        spoken = {self._main: None}
        for key in _keys(survey, _MOST_DEEP):
            language = _language(key)
            if language in spoken:
                continue
            if len(spoken) >= MAX_LANGUAGES:
                report.add("many_languages", "", most=MAX_LANGUAGES)
                break
            if language:
                spoken[language] = None
                if language != key:
                    self._report.add(
                        "language_read_as", "", name=key, language=language
                    )
        self.languages = tuple(spoken)
        report.languages = self.languages

    def words(self, written: object, place: str) -> Words | None:
        """Return a text in every language, or None where there is none."""
        texts = self._texts(written, place)
        if not texts:
            return None
        main = texts.get(self._main) or next(iter(texts.values()))
        missing = [each for each in self.languages if each not in texts]
        if missing:
            params = {"languages": ", ".join(missing), "text": main}
            self._report.add("untranslated", place, **params)
        return {each: texts.get(each, main) for each in self.languages}

    def same(self, text: str) -> Words:
        """Return one text in every language: a number, or a name."""
        return dict.fromkeys(self.languages, text)

    def built_in(self, key: str) -> Words:
        """Return a word that the survey leaves to SurveyJS."""
        known = _BUILT_IN[key]
        return {each: known.get(each, known["en"]) for each in self.languages}

    def _texts(self, written: object, place: str) -> Words:
        if isinstance(written, int | float) and not isinstance(written, bool):
            return self.same(f"{written}")
        if isinstance(written, str):
            written = {DEFAULT: written}
        if not isinstance(written, dict):
            return {}
        texts: Words = {}
        for key, text in written.items():
            language = self._main if key == DEFAULT else _language(key)
            if language in self.languages and isinstance(text, str):
                plain = self._plain(text, place)
                if plain and (key != DEFAULT or language not in texts):
                    texts[language] = plain
        return texts

    def _plain(self, text: str, place: str) -> str:
        """Take out HTML, which is nothing but letters here."""
        bare = _TAG.sub(" ", text)
        if bare != text:
            self._report.add("markup_removed", place)
            bare = html.unescape(bare)
        return bare.strip()


def _language(key: object) -> str:
    """Return the language a key names, or nothing."""
    if not isinstance(key, str) or not _LANGUAGE.fullmatch(key.lower()):
        return ""
    return _READ_AS.get(key.lower(), key.lower())


def _keys(part: object, depth: int, *, is_text: bool = False) -> Iterator[str]:
    """Yield the keys of every text that is written per language, in order."""
    if depth and isinstance(part, dict):
        for key, value in part.items():
            if is_text:
                if isinstance(key, str) and isinstance(value, str) and key != DEFAULT:
                    yield key
            else:
                yield from _keys(value, depth - 1, is_text=key in _TEXTS)
    elif depth and isinstance(part, list):
        for item in part:
            yield from _keys(item, depth - 1)

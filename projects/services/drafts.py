"""Writing questionnaire versions: begun, copied, uploaded, saved, deleted.

What an author types is kept to the letter, readable or not; `document` and `digest`
follow the last text that could be read.
"""

import re
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from projects.choices import QuestionnaireState
from projects.models import Questionnaire, QuestionnaireVersion
from projects.scoring import digest
from projects.scoring.source import MAX_BYTES, SourceError, read
from projects.scoring.validity import SLUG
from projects.scoring.writing import source_of
from projects.selectors.checks import check_of
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError, EditConflict

DRAFT = QuestionnaireState.DRAFT
TEMPLATE = Path(__file__).resolve().parent.parent / "seeds/questionnaire-template.yaml"
LAST_POSITION = 1_000
"""Where a questionnaire stands until its first version says how long it takes."""
LONGEST_CODE = 60
_NUMBERED = re.compile(r"^version:[ \t]*[0-9]+[ \t]*$", re.MULTILINE)


@transaction.atomic
def begin(*, code: str, by: User) -> QuestionnaireVersion:
    """Begin a questionnaire of a new code from the template.

    Raises DomainError for a code that is taken or is none.
    """
    source = f"code: {code}\n{TEMPLATE.read_text(encoding='utf-8')}"
    return _create(_new(code), source, by)


@transaction.atomic
def copy(*, version: QuestionnaireVersion, by: User) -> QuestionnaireVersion:
    """Begin the next version with the words of this one."""
    questionnaire = locked_questionnaire(version.questionnaire)
    source = version.source or source_of(version.document)
    number = next_number(questionnaire)
    source = _NUMBERED.sub(f"version: {number}", source, count=1)
    return _create(questionnaire, source, by, copied_from=version)


@transaction.atomic
def upload(*, source: str, by: User) -> QuestionnaireVersion:
    """Begin a version from a file; its code says of which questionnaire.

    Raises DomainError when no code can be read, or the text is too long.
    """
    refuse_length(source)
    try:
        code = read(source).document.get("code")
    except SourceError as error:
        raise DomainError(
            "unreadable",
            _("The file cannot be read, line %(line)s: %(detail)s")
            % {"line": error.line, "detail": error},
            field="file",
        ) from error
    known = Questionnaire.objects.filter(code=code).first()
    questionnaire = locked_questionnaire(known) if known else _new(code)
    return _create(questionnaire, source, by)


@transaction.atomic
def save(
    *,
    version: QuestionnaireVersion,
    source: str,
    by: User,
    note: str | None = None,
    expected_version: int | None = None,
) -> QuestionnaireVersion:
    """Keep what was typed, and its document if it can be read.

    Raises EditConflict on a newer text, DomainError when the version is no draft or
    the text is too long.
    """
    refuse_length(source)
    current = locked(version, expected_version)
    require_state(current, DRAFT)
    before = _state(current)
    current.source = source
    current.note = current.note if note is None else note
    _read_into(current)
    after = _state(current)
    if before == after:
        return current
    current.version += 1
    current.save()
    trail.record(
        by=by, verb="questionnaire.edited", target=current, before=before, after=after
    )
    return current


@transaction.atomic
def delete(*, version: QuestionnaireVersion, by: User) -> None:
    """Throw a draft away; a questionnaire that never had another goes with it."""
    current = locked(version)
    require_state(current, DRAFT)
    trail.record(
        by=by, verb="questionnaire.deleted", target=current, before=_state(current)
    )
    questionnaire = current.questionnaire
    current.delete()
    if not questionnaire.versions.exists():
        questionnaire.delete()


def locked(
    version: QuestionnaireVersion, expected_version: int | None = None
) -> QuestionnaireVersion:
    """Return the row as it now stands, locked until the transaction ends.

    Raises EditConflict when `expected_version` is given and no longer its version.
    """
    current = (
        QuestionnaireVersion.objects.select_for_update(of=("self",))
        .select_related("questionnaire", "sent_by")
        .get(pk=version.pk)
    )
    if expected_version is not None and current.version != expected_version:
        raise EditConflict(current)
    return current


def locked_questionnaire(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire, locked: numbers and publications follow each other."""
    return Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)


def next_number(questionnaire: Questionnaire) -> int:
    """Return the number after the highest."""
    newest = questionnaire.versions.order_by("-number").first()
    return newest.number + 1 if newest else 1


def require_state(version: QuestionnaireVersion, *states: str) -> None:
    """Refuse an act that the version's state does not allow."""
    if version.state not in states:
        raise DomainError(
            "wrong_state",
            _("This is not possible while the version is: %(state)s.")
            % {"state": version.get_state_display()},
        )


def number_as(version: QuestionnaireVersion, number: int) -> None:
    """Give an open version a number, and its document with it; unsaved."""
    version.number = number
    version.document = {**version.document, "version": number}
    version.digest = digest(version.document)


def refuse_length(source: str) -> None:
    """Refuse a text beyond what is read."""
    if len(source.encode(errors="replace")) > MAX_BYTES:
        raise DomainError(
            "too_large",
            _("The text is longer than %(most)s MB and was not saved.")
            % {"most": MAX_BYTES // 1_000_000},
            field="source",
        )


def _new(code: object) -> Questionnaire:
    if (
        not isinstance(code, str)
        or not SLUG.fullmatch(code)
        or len(code) > LONGEST_CODE
    ):
        raise DomainError(
            "bad_code",
            _(
                "The code is made of small letters, digits, - and _, and begins with a letter."
            ),
            field="code",
        )
    try:
        with transaction.atomic():
            return Questionnaire.objects.create(code=code, position=LAST_POSITION)
    except IntegrityError as clash:
        raise DomainError(
            "code_taken",
            _("There is a questionnaire of this code. Copy one of its versions."),
            field="code",
        ) from clash


def _create(
    questionnaire: Questionnaire,
    source: str,
    by: User,
    copied_from: QuestionnaireVersion | None = None,
) -> QuestionnaireVersion:
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=next_number(questionnaire),
        state=DRAFT,
        source=source,
        document={"code": questionnaire.code},
        copied_from=copied_from,
        written_by=by,
    )
    number_as(version, version.number)
    _read_into(version)
    version.save()
    trail.record(
        by=by, verb="questionnaire.begun", target=version, after=_state(version)
    )
    return version


def _read_into(version: QuestionnaireVersion) -> None:
    document = check_of(version).document
    if document is not None:
        version.document = document
        version.digest = digest(document)


def _state(version: QuestionnaireVersion) -> dict[str, object]:
    """Return what the trail keeps: the digest of a text, not the text."""
    return {
        **trail.values_of(version, ["number", "digest", "note"]),
        "source_digest": digest(version.source),
    }

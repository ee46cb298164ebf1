"""Saying whether two records are alike: it outweighs what is computed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from failures.choices import Likeness
from failures.models import LikenessVerdict, Postmortem
from failures.services.parts import locked
from riskbase.shared.audit import trail
from riskbase.shared.errors import DomainError


@transaction.atomic
def judge(
    *, postmortem: Postmortem, other: Postmortem, verdict: str, by: User
) -> LikenessVerdict | None:
    """Confirm or deny that both are alike; an empty `verdict` takes it back.

    Said again it changes nothing.
    """
    if verdict and verdict not in Likeness.values:
        raise DomainError(
            "unknown_choice", _("Choose one of the list."), field="verdict"
        )
    if postmortem.pk == other.pk:
        raise DomainError(
            "same_record", _("A record is not compared with itself."), field="verdict"
        )
    row = locked(postmortem)
    first, second = sorted((postmortem, other), key=lambda each: each.pk)
    held = LikenessVerdict.objects.filter(one=first, other=second).first()
    before = held.verdict if held else ""
    if before == verdict:
        return held
    if held is not None and not verdict:
        held.delete()
        held = None
    else:
        held, _created = LikenessVerdict.objects.update_or_create(
            one=first,
            other=second,
            defaults={"verdict": verdict, "by": by, "at": timezone.now()},
        )
    trail.record(
        by=by,
        verb="likeness_judged",
        target=row,
        before={"other": str(other.pk), "verdict": before},
        after={"other": str(other.pk), "verdict": verdict},
    )
    return held

"""Words for what a coder says of a cause."""

from django import template

from failures.choices import CauseRole, Confidence
from failures.models import Postmortem, best_text

register = template.Library()


@register.filter
def role_label(code: str) -> str:
    """Return the name of a cause's role."""
    return str(CauseRole(code).label)


@register.filter
def confidence_label(code: str) -> str:
    """Return the name of a confidence."""
    return str(Confidence(code).label)


@register.filter
def own_title(postmortem: Postmortem) -> str:
    """Return the title of a record whose texts are loaded, in its own language."""
    return best_text(
        postmortem.texts.all(), postmortem.language, postmortem.language
    ).title

"""Mail in the language of whoever reads it."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


class Addressee(Protocol):
    """Somebody with an address and a language."""

    email: str
    language: str


def write(person: Addressee, template: str, context: Mapping[str, Any]) -> None:
    """Send `template`_subject.txt and `template`_message.txt. Raises OSError."""
    words = {"site_name": settings.SITE_NAME, **context}
    with translation.override(person.language):
        subject = render_to_string(f"{template}_subject.txt", words)
        message = render_to_string(f"{template}_message.txt", words)
    send_mail(
        subject=" ".join(subject.split()),
        message=message,
        from_email=None,
        recipient_list=[person.email],
    )

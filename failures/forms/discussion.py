"""What is said about a record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.base import DomainForm
from failures.services.comments import LONGEST


class CommentForm(DomainForm):
    """A remark."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

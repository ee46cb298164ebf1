"""What is missing before the numbers can be shown, and how to get it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from portfolio.models import Snapshot


@dataclass(frozen=True)
class Gap:
    """Something that is missing and the page where it is made."""

    text: str
    href: str
    action: str


def gaps_of(snapshot: Snapshot | None) -> list[Gap]:
    """Return the gaps of a snapshot in the order in which to fill them."""
    if snapshot is None:
        return []
    codes = {row["code"]: row["need"] for row in snapshot.payload["missing"]}
    texts = {
        "projects": (
            _("There is no project yet. Create one and assess it."),
            reverse("projects:project-create"),
            _("Create a project"),
        ),
        "close_outs": (
            _(
                "Rates need at least %(need)s projects with an outcome, successes too: they are the denominator."
            ),
            reverse("projects:project-list"),
            _("Record an outcome"),
        ),
        "failures": (
            _(
                "Fewer than %(need)s projects have failed. The failure rate stays withheld until then."
            ),
            "",
            "",
        ),
        "coded_failures": (
            _(
                "Causes need at least %(need)s published post-mortems of own projects with coded causes."
            ),
            reverse("failures:postmortem-list"),
            _("Log a post-mortem"),
        ),
        "coded_cases": (
            _(
                "The case base has fewer than %(need)s coded cases. Load the content or log post-mortems."
            ),
            reverse("failures:postmortem-list"),
            _("See the post-mortems"),
        ),
    }
    return [
        Gap(text % {"need": codes[code]}, href, action)
        for code, (text, href, action) in texts.items()
        if code in codes
    ]

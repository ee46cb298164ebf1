"""Addresses of pages that other apps own."""

from django.urls import NoReverseMatch, reverse


def path_to(view: str, *args: object) -> str:
    """Return the path of a named page, or "" where the page is not mounted."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""

"""A list remembers, per person, how it was last filtered and ordered."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

CLEAR = "clear"
CURSOR = "cursor"


def remembered(request: HttpRequest, name: str) -> HttpResponse | None:
    """Return a redirect to the remembered address, or None to show what is asked.

    Anything asked for is remembered in the session; `?clear` forgets it.
    """
    key = f"list.{name}"
    if CLEAR in request.GET:
        request.session.pop(key, None)
        return redirect(request.path)
    if request.GET:
        kept = _worth_keeping(request.GET)
        if request.session.get(key, "") != kept:
            request.session[key] = kept
        return None
    kept = request.session.get(key, "")
    return redirect(f"{request.path}?{kept}") if kept else None


def _worth_keeping(asked: QueryDict) -> str:
    kept = asked.copy()
    kept.pop(CURSOR, None)
    for name in [name for name, value in kept.items() if not value or name == "view"]:
        del kept[name]
    return kept.urlencode()

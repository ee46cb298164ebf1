"""Scopes of API tokens; sessions of the same origin carry all of them."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class TokenScope(BasePermission):
    """A token reads with `read` (or the view's own read scope) and writes with the view's.

    A view declares `read_scopes` and `write_scopes`; `admin` stands for all.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        scopes = getattr(request.auth, "scopes", None)
        if scopes is None:
            return True
        if request.method in SAFE_METHODS:
            wanted = {"read", *getattr(view, "read_scopes", ())}
        else:
            wanted = set(getattr(view, "write_scopes", ()))
        return not {"admin", *wanted}.isdisjoint(scopes)

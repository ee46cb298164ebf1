"""Requests whose person is known, for the eyes of the type checker."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from rest_framework.request import Request

if TYPE_CHECKING:
    from accounts.models import User


class AuthenticatedRequest(HttpRequest):
    """What a view behind `login_required` gets."""

    user: "User"


class ApiRequest(Request):
    """What an API view gets: anonymous callers were refused before."""

    user: "User"

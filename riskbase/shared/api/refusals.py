"""Refusals raised while a request is read: before DRF's own views are loaded."""

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status


class TooLarge(exceptions.APIException):
    """The body is longer than any honest one."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"
    default_detail = _("The body of the request is too large.")

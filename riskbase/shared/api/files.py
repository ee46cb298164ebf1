"""API views that answer with a file instead of JSON."""

from rest_framework.renderers import JSONRenderer


class FileRenderer(JSONRenderer):
    """Lets every Accept header pass: files are plain responses, refusals are JSON."""

    media_type = "*/*"
    format = "file"

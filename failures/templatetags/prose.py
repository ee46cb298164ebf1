"""People's text: Markdown in, a short list of harmless tags out."""

from collections.abc import Mapping
from functools import lru_cache

import nh3
from django import template
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

from riskbase.shared.templatetags.riskbase import localized

register = template.Library()

# No headings: a text must not disturb the outline of the page around it.
TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "i", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@register.filter
def prose(text: str | None) -> SafeString:
    """Render Markdown; anything dangerous is dropped."""
    return SafeString(_rendered(text or ""))


@register.filter
def entry(texts: Mapping[str, Mapping[str, str]], key: str) -> str:
    """Return the text under `key` in the reader's language, or the key itself."""
    return localized(texts.get(key)) or key


@lru_cache(maxsize=512)
def _rendered(text: str) -> str:
    return nh3.clean(
        _reader.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )

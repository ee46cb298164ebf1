"""One REDIS_URL, said the way each of its readers wants to hear it."""

from urllib.parse import SplitResult, parse_qs, quote, urlencode, urlsplit

SCHEMES = ("redis", "rediss", "unix")
TLS_CHECK = "ssl_cert_reqs"


def celery_broker_url(redis_url: str) -> str:
    """Return the address for kombu.

    It has its own words for unix sockets, takes the database only from the path,
    and refuses TLS unless the check of certificates is spelled out.
    """
    parts, options = read(redis_url)
    number = options.pop("db")
    if parts.scheme == "unix":
        options["virtual_host"] = number
        return written("redis+socket", parts.netloc, parts.path, options)
    if parts.scheme == "rediss":
        options.setdefault(TLS_CHECK, "required")
    return written(parts.scheme, parts.netloc, f"/{number}", options)


def cache_url(redis_url: str, *, database: int | None = None) -> str:
    """Return the address for Django's cache: the database after the broker's.

    Clearing a cache flushes its whole database, so it may never be the broker's.
    """
    parts, options = read(redis_url)
    following = int(options.pop("db")) + 1
    number = following if database is None else database
    if TLS_CHECK in options:
        # kombu also takes CERT_REQUIRED, redis-py only the short form.
        options[TLS_CHECK] = options[TLS_CHECK].lower().removeprefix("cert_")
    if parts.scheme == "unix":
        options["db"] = str(number)
        return written("unix", parts.netloc, parts.path, options)
    return written(parts.scheme, parts.netloc, f"/{number}", options)


def read(redis_url: str) -> tuple[SplitResult, dict[str, str]]:
    """Split an address into its parts and its options, the database among them."""
    parts = urlsplit(redis_url)
    if parts.scheme not in SCHEMES:
        message = "REDIS_URL must begin with redis://, rediss:// or unix://"
        raise ValueError(message)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    in_path = "" if parts.scheme == "unix" else parts.path.strip("/")
    options["db"] = str(int(options.get("db", in_path) or "0"))
    return parts, options


def written(scheme: str, netloc: str, path: str, options: dict[str, str]) -> str:
    """Join an address; urlunsplit would drop the empty host of a socket."""
    # %20 and not a plus for spaces: not every reader decodes a plus.
    query = urlencode(options, quote_via=quote)
    return f"{scheme}://{netloc}{path}" + (f"?{query}" if query else "")

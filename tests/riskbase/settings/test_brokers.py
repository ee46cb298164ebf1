import kombu
import pytest
import redis

from riskbase.settings.brokers import cache_url, celery_broker_url

SOCKET = "unix:///tmp/a%20b/v.sock?db=3"
TLS = "rediss://user:p%40ss@host:6380/2"


@pytest.mark.parametrize(
    ("given", "broker", "cache"),
    [
        ("redis://host", "redis://host/0", "redis://host/1"),
        ("redis://host:1/5", "redis://host:1/5", "redis://host:1/6"),
        # kombu fails with a TypeError when the query names the database
        ("redis://host:1?db=5", "redis://host:1/5", "redis://host:1/6"),
        ("redis://:p%40@host/0", "redis://:p%40@host/0", "redis://:p%40@host/1"),
        (
            TLS,
            "rediss://user:p%40ss@host:6380/2?ssl_cert_reqs=required",
            "rediss://user:p%40ss@host:6380/3",
        ),
        (
            "rediss://h/0?ssl_cert_reqs=CERT_REQUIRED",
            "rediss://h/0?ssl_cert_reqs=CERT_REQUIRED",
            "rediss://h/1?ssl_cert_reqs=required",
        ),
        (
            SOCKET,
            "redis+socket:///tmp/a%20b/v.sock?virtual_host=3",
            "unix:///tmp/a%20b/v.sock?db=4",
        ),
        (
            "unix://:p%40@/tmp/v.sock",
            "redis+socket://:p%40@/tmp/v.sock?virtual_host=0",
            "unix://:p%40@/tmp/v.sock?db=1",
        ),
    ],
)
def test_addresses_are_translated(given: str, broker: str, cache: str):
    assert celery_broker_url(given) == broker
    assert cache_url(given) == cache


def test_cache_takes_a_database_of_choice():
    assert cache_url("redis://host/4", database=9) == "redis://host/9"


@pytest.mark.parametrize("wrong", ["http://host", "host:6379", "redis://host/first"])
def test_wrong_addresses_are_refused(wrong: str):
    with pytest.raises(ValueError, match=r"REDIS_URL|invalid literal"):
        celery_broker_url(wrong)


def kombu_reads(url: str) -> dict[str, object]:
    """Return what kombu's Redis channel would connect with."""
    connection = kombu.Connection(celery_broker_url(url))
    channel = object.__new__(connection.transport.Channel)
    channel.connection = connection.transport
    channel.connection.client = connection
    return channel._connparams()


def test_kombu_reads_a_socket_as_redis_does():
    read = kombu_reads("unix://:p%40@/tmp/a%20b/v.sock?db=3")
    ours = redis.ConnectionPool.from_url("unix://:p%40@/tmp/a%20b/v.sock?db=3")
    for name in ("path", "db", "password"):
        assert read[name] == ours.connection_kwargs[name]


def test_kombu_reads_tls_with_its_check():
    read = kombu_reads(TLS)
    assert (read["host"], read["port"], read["db"]) == ("host", 6380, 2)
    assert read["ssl_cert_reqs"].name == "CERT_REQUIRED"


def test_redis_reads_the_cache_of_a_socket():
    pool = redis.ConnectionPool.from_url(cache_url(SOCKET))
    assert pool.connection_kwargs["path"] == "/tmp/a b/v.sock"  # noqa: S108
    assert pool.connection_kwargs["db"] == 4

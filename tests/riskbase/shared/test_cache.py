import os

from riskbase.settings.brokers import cache_url
from riskbase.shared.cache import LastingCache


def cache_at(url):
    return LastingCache(url, {"KEY_PREFIX": "test-cache"})


def test_cache_keeps_values_on_its_server():
    url = cache_url(os.environ["REDIS_URL"])
    cache = cache_at(url)
    cache.set("shared", [1, 2], timeout=60)
    assert cache_at(url).get("shared") == [1, 2]
    cache.delete("shared")
    assert cache.get("shared", "gone") == "gone"


def test_cache_remembers_by_itself_while_its_server_is_away(tmp_path):
    cache = cache_at(f"unix://{tmp_path}/nobody.sock")
    assert cache.get("attempts") is None
    assert cache.add("attempts", 1, timeout=60)
    assert cache.incr("attempts") == 2
    assert cache.get_many(["attempts"]) == {"attempts": 2}
    cache.clear()
    assert not cache.has_key("attempts")

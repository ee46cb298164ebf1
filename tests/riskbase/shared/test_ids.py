from concurrent.futures import ThreadPoolExecutor

from riskbase.shared.ids import uuid7


def test_uuid7_has_version_and_variant_of_the_standard():
    value = uuid7()
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"


def test_uuid7_increases_strictly_within_a_thread():
    values = [uuid7() for _ in range(5000)]
    assert values == sorted(values)
    assert len(set(values)) == len(values)


def test_uuid7_is_unique_over_threads():
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda _: [uuid7() for _ in range(500)], range(8)))
    values = [value for batch in batches for value in batch]
    assert len(set(values)) == len(values)

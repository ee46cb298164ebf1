import pytest

from failures.selectors.sharing import digest_of, shared
from tests.factories.failures import PostmortemFactory


@pytest.mark.django_db
def test_digest_is_of_what_is_said(retail):
    one = shared(PostmortemFactory(unit=retail))
    assert digest_of(one.row) == digest_of(dict(reversed(one.row.items())))
    assert digest_of(one.row) != digest_of({**one.row, "summary": "Other"})
    assert not one.is_signed_off

"""What is no token is refused, whatever its bytes."""

import pytest
from rest_framework.test import APIClient


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["rbk_0", "\xff\xfe", "a\x00b", "r" * 5000])
def test_nonsense_is_no_token(token):
    answer = APIClient().get("/api/v1/me/", HTTP_AUTHORIZATION=f"Bearer {token}")
    assert answer.status_code == 401

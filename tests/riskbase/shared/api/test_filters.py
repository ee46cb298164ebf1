import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from riskbase.shared.api.filters import MomentField


def test_moment_comes_in_utc():
    moment = MomentField().clean("2026-03-31T18:00:00+17:59")
    assert moment.utcoffset() == dt.timedelta()
    assert moment.isoformat() == "2026-03-31T00:01:00+00:00"


def test_moment_beyond_the_calendar_is_refused():
    with pytest.raises(ValidationError):
        MomentField().clean("9999-12-31T23:59:00-10:00")

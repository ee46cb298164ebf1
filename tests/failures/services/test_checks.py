import pytest

from failures.models import Postmortem
from failures.services import checks, postmortems
from riskbase.shared.errors import DomainError

pytestmark = pytest.mark.django_db
EUROS = {"currency": "EUR", "cost_minor": 500, "spent_minor": 900}


@pytest.fixture
def priced(retail, alice):
    return postmortems.create_draft(unit=retail, by=alice, title="T", facts=EUROS)


def save(record, by, **values):
    postmortems.save_step(postmortem=record, by=by, values=values)
    return Postmortem.objects.get(pk=record.pk)


def test_amount_may_be_added_in_the_same_currency(priced, alice):
    saved = save(priced, alice, currency="EUR", remediation_minor=70)
    assert (saved.cost_minor, saved.remediation_minor) == (500, 70)


@pytest.mark.parametrize(
    ("code", "field", "values"),
    [
        ("cost_all_anew", "currency", {"currency": "JPY", "cost_minor": 5}),
        ("cost_wasted", "wasted", {"wasted_minor": 901}),
    ],
)
def test_what_does_not_go_together_is_refused(priced, alice, code, field, values):
    with pytest.raises(DomainError) as refusal:
        save(priced, alice, **values)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_amounts_need_a_currency(retail, alice):
    with pytest.raises(DomainError) as refusal:
        postmortems.create_draft(unit=retail, by=alice, facts={"spent_minor": 1})
    assert refusal.value.code == "cost_currency"


def test_currency_stays_while_an_amount_does(priced, alice):
    saved = save(priced, alice, cost_minor=None, currency="")
    assert (saved.currency, saved.spent_minor) == ("EUR", 900)


def test_currency_goes_with_the_last_amount(priced, alice):
    assert save(priced, alice, cost_minor=None).currency == "EUR"
    assert save(priced, alice, spent_minor=None).currency == ""


def test_all_amounts_may_change_their_currency(priced, alice):
    saved = save(priced, alice, currency="JPY", cost_minor=5, spent_minor=9)
    assert (saved.currency, saved.cost_minor, saved.spent_minor) == ("JPY", 5, 9)


def test_at_most_is_no_less_than_at_least():
    checks.check_affected(Postmortem(affected_low=3, affected_high=3))
    checks.check_affected(Postmortem(affected_low=3))
    with pytest.raises(DomainError):
        checks.check_affected(Postmortem(affected_low=3, affected_high=2))

"""The profile's language rules the next page."""

from django.urls import reverse

PROFILE = {
    "first_name": "Carol",
    "last_name": "Hill",
    "language": "en",
    "time_zone": "Europe/Berlin",
    "email": "carol@example.org",
}


def test_saved_language_holds_at_once(client, carol):
    client.force_login(carol)
    page = client.post(
        reverse("accounts:profile"), PROFILE | {"language": "ru"}, follow=True
    )
    assert page["Content-Language"] == "ru"
    assert '<html lang="ru">' in page.content.decode()
    assert client.cookies["django_language"].value == "ru"


def test_language_switch_changes_the_profile(client, carol):
    client.force_login(carol)
    address = reverse("accounts:token-list")
    form = {"language": "zh-hans", "next": address}
    page = client.post(reverse("accounts:set-language"), form, follow=True)
    assert page.request["PATH_INFO"] == address
    assert page["Content-Language"] == "zh-hans"
    carol.refresh_from_db()
    assert carol.language == "zh-hans"


def test_language_switch_of_a_visitor_stays_on_this_site(client, db):
    form = {"language": "ru", "next": "https://evil.example/"}
    answer = client.post(reverse("accounts:set-language"), form)
    assert answer.url == "/"
    assert client.get(reverse("account_login"))["Content-Language"] == "ru"


def test_unknown_language_changes_nothing(client, carol):
    client.force_login(carol)
    client.post(reverse("accounts:set-language"), {"language": "xx"})
    carol.refresh_from_db()
    assert carol.language == "en"


def test_new_address_needs_the_password(client, carol):
    client.force_login(carol)
    form = PROFILE | {"email": "carol@other.example"}
    page = client.post(reverse("accounts:profile"), form)
    assert "carol@other.example" in page.content.decode()
    carol.refresh_from_db()
    assert carol.email == "carol@example.org"
    form["current_password"] = "correct horse"
    assert client.post(reverse("accounts:profile"), form).status_code == 302
    carol.refresh_from_db()
    assert carol.email == "carol@other.example"


def test_pages_are_kept_by_no_shared_cache(client, alice):
    client.force_login(alice)
    page = client.get(reverse("accounts:profile"))
    assert page["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Accept-Language"} <= set(page["Vary"].split(", "))

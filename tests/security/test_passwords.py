"""Which passwords are taken: length and theft count, composition does not (ASVS 6.2)."""

from __future__ import annotations

import re

import pytest
from django.conf import global_settings
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.module_loading import import_string

from mlsd_site import settings as site_settings
from mlsd_site.accounts.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"email": "dora@example.com", "display_name": "Dora", "timezone": "UTC"}


@pytest.fixture(autouse=True)
def _counting(own_counters: None) -> None:
    cache.clear()


def sign_up(password: str) -> bool:
    Client().post("/accounts/signup/", {**NEW, "password1": password, "password2": password})
    return User.objects.filter(email="dora@example.com").exists()


@pytest.mark.asvs("2.2.2", "6.2.1")
def test_a_short_one_is_refused() -> None:
    assert not sign_up("kx7#pQ9vL")
    assert sign_up("kx7#pQ9vLw")


@pytest.mark.asvs("6.2.5")
@pytest.mark.parametrize(
    "password",
    ["gravel otter pine", "7291640385127", "ÄÖÜ ñandú 猫 🐈 zwölf", "KXQPZVLWMRT", "ffgghhjjkk-xq"],
)
def test_any_characters_will_do(password: str) -> None:
    assert sign_up(password)
    assert Client().login(email="dora@example.com", password=password)


@pytest.mark.asvs("6.2.8", "6.2.9")
@pytest.mark.parametrize("length", [64, 128, 1000])
def test_a_long_one_counts_to_its_last_letter(length: int) -> None:
    password = ("gravel otter pine " * 60)[: length - 1] + "X"
    assert sign_up(password)
    for wrong in (
        password[:-1],
        password[: length // 2],
        password[:-1] + "x",
        password.swapcase(),
        f"{password} ",
    ):
        assert authenticate(email="dora@example.com", password=wrong) is None
    assert authenticate(email="dora@example.com", password=password) is not None


@pytest.mark.asvs("6.2.4", "6.2.12")
@pytest.mark.parametrize(
    "password",
    ["1234567890", "qwertyuiop", "password123", "iloveyou123", "P@ssw0rd1234", "correcthorsebatterystaple"],
)
def test_one_that_was_stolen_is_refused(password: str) -> None:
    assert not sign_up(password)


@pytest.mark.asvs("6.1.2", "6.2.11")
@pytest.mark.parametrize(
    "password",
    ["TwoLoops2026", "interview!interview", "two-loops-admin-1", "Mock Interview 7", "Candidate_1234"],
)
def test_a_word_of_this_site_and_little_more_is_refused(password: str) -> None:
    assert not sign_up(password)


def test_a_word_of_this_site_among_others_is_fine() -> None:
    assert sign_up("my interview begins at dawn")


@pytest.mark.asvs("6.2.2", "6.2.3", "6.2.4")
def test_changing_it_asks_for_the_old_one_and_holds_the_new_one_to_the_same(ada: User) -> None:
    browser = Client()
    browser.force_login(ada)

    def change(old: str, new: str) -> bool:
        said = {"oldpassword": old, "password1": new, "password2": new}
        return browser.post("/accounts/password/change/", said).status_code == 302

    assert not change("guess", "gravel otter pine")
    assert not change("", "gravel otter pine")
    assert not change(PASSWORD, "password123")
    assert change(PASSWORD, "gravel otter pine")
    assert authenticate(email=ada.email, password="gravel otter pine")


@pytest.mark.asvs("6.2.6", "6.2.7")
@pytest.mark.parametrize(
    ("path", "fills"),
    [
        ("login/", {"current-password"}),
        ("signup/", {"new-password"}),
        ("password/change/", {"current-password", "new-password"}),
    ],
)
def test_boxes_hide_what_is_typed_and_let_a_manager_fill_them(
    client: Client, ada: User, path: str, fills: set[str]
) -> None:
    if "change" in path:
        client.force_login(ada)
    page = client.get(f"/accounts/{path}").content.decode()
    boxes = [
        box for box in re.findall(r"<input[^>]*>", page) if 'name="password' in box or "oldpassword" in box
    ]
    assert boxes
    for box in boxes:
        assert 'type="password"' in box
        assert "onpaste" not in box
        assert "maxlength" not in box
    assert {found for box in boxes for found in re.findall(r'autocomplete="([^"]+)"', box)} == fills


@pytest.mark.asvs("6.2.10", "6.4.2")
def test_nothing_makes_one_old_and_nothing_but_the_address_gets_it_back(client: Client) -> None:
    fields = {field.name for field in User._meta.get_fields()}
    assert not {name for name in fields if "expire" in name or "hint" in name or "question" in name}
    page = client.get("/accounts/password/reset/").content.decode()
    assert set(re.findall(r'<input[^>]* name="(\w+)"', page)) == {"csrfmiddlewaretoken", "email"}


@pytest.mark.asvs("11.4.1", "11.4.2")
def test_it_is_kept_by_a_slow_hash() -> None:
    """The tests' own hasher is quick; the site's settings name none, so its own is Django's first."""
    first = import_string(global_settings.PASSWORD_HASHERS[0])()
    assert (first.algorithm, first.iterations >= 600_000) == ("pbkdf2_sha256", True)
    assert "PASSWORD_HASHERS" not in dir(site_settings)


def test_the_form_and_the_rules_say_the_same() -> None:
    with pytest.raises(ValidationError) as said:
        validate_password("interview1")
    assert "little more than a word of this site" in str(said.value)

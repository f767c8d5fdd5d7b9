from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from casebank import primer
from casebank.access import guide_of
from casebank.models import Case, Guide
from mlsd_site.accounts.models import User
from tests.interviews.stage import CASE, published_case

pytestmark = pytest.mark.django_db


def test_anybody_may_read_the_list(client: Client) -> None:
    page = client.get("/primer/").content.decode()
    assert f"{len(primer.load())} short cards" in page
    assert all(f'href="/primer/{slug}/"' in page for slug in primer.load())


def test_the_search_knows_other_names(client: Client) -> None:
    assert 'data-entry="NDCG DCG' in client.get("/primer/").content.decode()


@pytest.mark.parametrize("slug", list(primer.load()))
def test_anybody_may_read_every_card(client: Client, slug: str) -> None:
    response = client.get(f"/primer/{slug}/")
    card, page = primer.load()[slug], response.content.decode()
    assert response.status_code == 200
    assert card.body in page
    assert card.listen_for in page
    assert card.picture in page
    assert ("Worked out" in page) is bool(card.worked)
    assert all(f'href="/primer/{other}/"' in page for other in card.see)


def test_a_missing_card_is_a_404(client: Client) -> None:
    assert client.get("/primer/no-such-card/").status_code == 404


def test_cards_are_read_only(client: Client) -> None:
    assert client.post("/primer/calibration/").status_code == 405


def test_the_site_leads_to_the_primer(client: Client) -> None:
    assert 'href="/primer/"' in client.get("/").content.decode()


def test_a_case_leads_to_its_cards_and_a_card_to_its_cases(client: Client) -> None:
    published_case()
    assert 'href="/primer/calibration/"' in client.get(f"/cases/{CASE}/").content.decode()
    assert f'href="/cases/{CASE}/"' in client.get("/primer/calibration/").content.decode()


def test_a_stranger_does_not_learn_of_a_hidden_case_from_a_card(as_cleo: Client, ada: User) -> None:
    version = published_case()
    Case.objects.filter(pk=version.case_id).update(owner=ada)
    assert version.title not in as_cleo.get("/primer/calibration/").content.decode()


def test_an_item_of_the_guide_leads_to_its_cards_in_another_tab(db: None) -> None:
    pane = render_to_string("casebank/guide.html", {"guide": guide_of(published_case())})
    assert '<a class="link" href="/primer/class-imbalance/" target="_blank" rel="noopener">' in pane


def test_what_a_case_leads_to_does_not_depend_on_its_guide(client: Client) -> None:
    version = published_case()
    before = _links(client)
    Guide.objects.filter(version=version).delete()
    assert _links(client) == before == {card.slug for card in primer.of_case(version.kind, version.tags)}


def _links(client: Client) -> set[str]:
    page = client.get(f"/cases/{CASE}/").content.decode()
    return {slug for slug in primer.load() if f'href="/primer/{slug}/"' in page}

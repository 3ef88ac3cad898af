"""Invitations of a site are told from a story about one."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.invitations import is_invitation


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our weekly newsletter about Lam Hill.",
        "Get all news from Lam Hill delivered straight to your inbox.",
        "Follow the Lam Post on Facebook and Instagram",
        "Download our free app here.",
        "Hier geht es zur neuen Lam-App.",
        "For the latest from Lam Hill, sign up for our newsletter.",
        "Sie mögen den Tag kurz? Dann sind Sie beim Newsletter richtig – hier entlang.",
        "Abonnez-vous à notre newsletter",
        "Suscríbete a nuestro boletín semanal",
        "Tải ứng dụng Lam Khê Số tại đây để nhận tin nhanh nhất.",
        "Subscribe: Check out our offers and read the news of Lam Hill",
        "Zapisz się na nasz newsletter!",
        "Testen Sie Lam+ einen Monat lang für 1 Euro. Jederzeit kündbar.",
        "Ann Reed can be reached at ann@lam.example.",
        "Read on for £1 a week. Cancel anytime.",
        "Offre d'essai : 1 € le premier mois, sans engagement",
        "Theo dõi Báo Lam Khê trên Zalo",
    ],
)
def test_a_site_invites_its_readers(text):
    assert is_invitation(text)


@pytest.mark.parametrize(
    "text",
    [
        "The town sends a newsletter to all who live in Lam Hill.",
        "The mayor answered on Facebook that the bridge would stay open.",
        "Residents can subscribe to the newsletter of the town at the hall.",
        "Residents can register for the market at the town hall until Friday.",
        "Der Newsletter der Stadt erscheint nun jede Woche.",
        "Xã có trang Zalo để bà con phản ánh việc nước sạch.",
        "",
    ],
)
def test_a_story_about_letters_and_networks_does_not(text):
    assert not is_invitation(text)

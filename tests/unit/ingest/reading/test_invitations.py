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
        "Join our WhatsApp channel for news of Lam Hill.",
        "Stay up to date with Lam Hill by subscribing to our newsletter.",
        "Share your thoughts in the comments.",
        "Bạn đọc có thể tải ứng dụng Lam Khê Số tại đây.",
        "Tham gia kênh Zalo của Báo Lam Khê để nhận tin nhanh nhất.",
        "Mit unserem WhatsApp-Kanal wissen Sie mehr aus Lamhausen.",
        "Haben Sie Hinweise? Schreiben Sie uns an redaktion@lam.example.",
        "Retrouvez toute l'actualité de Lamont sur notre page Facebook.",
        "Únete a nuestro canal de WhatsApp.",
        "Puedes seguir a Hoy Lamares en Facebook y X.",
        "Siga-nos no Instagram.",
        "Receba as notícias de Lamares no seu WhatsApp.",
        "Hai una segnalazione? Scrivi a redazione@lamora.example.",
        "Jesteśmy także na Facebooku. Dołącz do nas!",
        "Máte tip na zajímavý článek? Napište nám na tip@lamov.example.",
        "Volg ons op Facebook.",
        "Bizi Facebook'ta takip edin.",
        "Simak berita pilihan kami langsung di ponselmu lewat WhatsApp Channel.",
        "Ikuti berita Lamasari di Google News.",
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
        "Người dân được hướng dẫn tải ứng dụng của tỉnh trước khi nộp hồ sơ.",
        "Die Stadt hat jetzt einen Newsletter, den 300 Leute lesen.",
        "La ville a retrouvé sa page Facebook après la panne.",
        "Radni są także na Facebooku, powiedział wójt.",
        "The two towns will join the county on Facebook Live, she said, if residents share it.",
        "",
    ],
)
def test_a_story_about_letters_and_networks_does_not(text):
    assert not is_invitation(text)

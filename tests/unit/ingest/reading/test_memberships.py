"""What is kept for subscribers is told from a story about a subscription."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.memberships import is_for_members


@pytest.mark.parametrize(
    "text",
    [
        "This content is reserved for subscribers only",
        "Subscribe now to read the latest from Lam Hill.",
        "Create an account or sign in to continue with your reading experience.",
        "Sign In or Create an Account",
        "Already a subscriber? Log in.",
        "You have reached your limit of free articles this month.",
        "Log in to comment",
        "Dieser Artikel ist nur für Abonnenten lesbar.",
        "Sie sind bereits Abonnent?",
        "2 Wochen kostenlos testen",
        "Il vous reste 62 % de cet article à lire. La suite est réservée aux abonnés.",
        "Abonnez-vous pour lire la suite",
        "¿Ya eres suscriptor? Inicia sesión para seguir leyendo",
        "Conteúdo exclusivo para assinantes",
        "Sei già abbonato? Accedi per continuare",
        "Dit artikel is alleen voor abonnees",
        "Allerede abonnent? Logg inn for å lese",
        "Zaloguj się, aby przeczytać całość",
        "Článek je dostupný pouze pro předplatitele",
        "Okumak için giriş yapın",
        "Статья доступна только для подписчиков",
        "Đăng nhập để bình luận",
        "Bài viết chỉ dành cho thành viên",
        "この記事は会員限定です。",
        "登录后继续阅读",
        "로그인 후 이용하실 수 있습니다",
    ],
)
def test_a_site_keeps_something_for_its_members(text):
    assert is_for_members(text)


@pytest.mark.parametrize(
    "text",
    [
        "The theatre of Lam Hill has 300 subscribers, and more want to read its programme.",
        "Residents can register for the market at the town hall until Friday.",
        "The thief signed in to the account of the mayor.",
        "Das Theater hat bereits 300 Abonnements verkauft.",
        "Les abonnés du théâtre ont reçu une lettre.",
        "Người dân đăng ký khám bệnh tại trạm y tế.",
        "市は会員登録した農家に苗を配った。",
    ],
)
def test_a_story_about_members_asks_nobody(text):
    assert not is_for_members(text)


def test_a_long_paragraph_asks_nobody():
    text = "If you already have an account with the bank of Lam Hill, have its number at hand."
    assert is_for_members(text)
    assert not is_for_members(text + " Go to the town hall in Mill Street with it." * 4)

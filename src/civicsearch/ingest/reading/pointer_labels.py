"""The labels that stand before a link to another story: `More:`, `Zobacz też:`, `Lea aquí:`.

A table of data in the languages of civic news, in their own spelling: both sides are compared
folded. Many of them are plain words, so whoever asks has seen that all behind the label is one
link. `Learn more` and its like are no entries: what they lead to belongs to the story as often.
"""

from __future__ import annotations

import re

from civicsearch.ingest.reading.alternatives import fold_table
from civicsearch.ingest.reading.phrases import fold_line

__all__ = ["is_pointer_label"]

_MAX_CHARS = 40
_TABLES = (
    # Vietnamese, Indonesian
    r"""
(?:mời )?(?:(?:bạn đọc|quý độc giả|độc giả|quý vị) )?(?:xem|đọc|nghe)(?: thêm| tiếp| ngay| lại
| chi tiết| video| clip)?(?: các bài(?: viết)?(?: khác)?)?|(?:kỳ|bài|phần|số) trước|(?:video
|clip|ảnh|infographic|audio|podcast)(?: liên quan)?|(?:bài|tin) cùng (?:chủ đề|tác giả)
|(?:baca|simak|lihat|tonton|saksikan|cek|dengarkan)(?: juga| video(?:nya)?| selengkapnya)?
|pilihan (?:editor|redaksi)|(?:artikel|berita) (?:terkait|lainnya|sebelumnya)
""",
    # English
    r"""
(?:also |please |must |click to |tap to )?(?:read|see|watch|listen|view)(?: (?:also|more|next|now
|here|this|too|the full story))?|more|more (?:here|news|on this)|(?:previous(?:ly)?|earlier
|related)(?: (?:story|stories|coverage|news|article|articles|video|videos|podcast))?|don.t miss
|(?:in case|icym) ?you missed (?:it|this)|icymi|further reading|background|explainer|opinion
|analysis|editorial|column|latest|from (?:the|our) archives?|photos?|video|videos|gallery|podcast
|recommended|next (?:story|article)|best of|fact ?check|live(?: updates)?
""",
    # German, Dutch
    r"""
(?:lesen sie|lies|lest|sehen sie|hören sie)(?: (?:hier|auch|dazu|mehr|hierzu|weiter|jetzt
|dazu auch|hier mehr))?|mehr(?: (?:dazu|lesen|hier|infos))?|hier (?:lesen sie|gibt es) mehr
|(?:auch|ebenfalls) (?:interessant|lesenswert|spannend)|lesetipp|hintergrund|kommentar|analyse
|(?:dazu|hierzu) (?:auch|passend)|passend dazu|siehe auch|weiterlesen|video|fotos?
|lees(?: (?:ook|meer|verder|hier))?|bekijk(?: ook)?|zie ook|ook interessant|gerelateerd|meer nieuws
""",
    # French
    r"""
(?:(?:à|a) )?(?:\(?re\)?)?(?:lire|relire|voir|revoir|écouter|découvrir)(?: (?:aussi|également
|notre (?:article|dossier|reportage|enquête|interview)))?|(?:notre|nos) (?:dossier|article
|archive|reportage|enquête)s?|pour aller plus loin|(?:en )?(?:vidéo|images?|direct)|entretien
|reportage|décryptage|podcast|lisez (?:aussi|également)
""",
    # Spanish, Catalan, Portuguese
    r"""
(?:también )?(?:lee|lea|leer|lé[ae]|leé|ve[ar]|mir[aáe]|mire
|puedes? (?:leer|ver)|escuche|escucha)
(?: (?:también|además|aquí|más|la nota(?: completa)?|el artículo))?|(?:también )?(?:te|le|les
|os) (?:puede|puede que|podría|recomendamos|sugerimos)(?: (?:interesar|leer))?|puede interesarle
|(?:nota|noticia|noticias|artículo)? ?relacionad[oa]s?|sigue leyendo|no (?:te pierdas|se pierda)
|recomend(?:amos|ado|ada)|además|también|contexto|vídeo|video|fotos|galería|en vídeo|en directo
|llegiu també|llegeix també
|(?:leia|ler|veja|ver|confira|assista|ouça|entenda|saiba)(?: (?:também|ainda|mais|aqui|vídeo
|o vídeo))?|relacionad[oa]s?|mais sobre o assunto|recomendad[oa]s?
""",
    # Italian, Romanian
    r"""
(?:leggi|vedi|guarda|ascolta)(?: (?:anche|pure|qui|ancora|di più|l.articolo|il video))?
|(?:per )?approfond(?:isci|ire|imento|imenti)|(?:articol[oi]|notizi[ae]) correlat[oiae]
|correlati|(?:sullo stesso|sul) (?:argomento|tema)|da leggere|(?:ti )?potrebbe(?:ro)? interessar(?:e
|ti)(?: anche)?|il video|le foto|citește (?:și|mai mult|mai departe)|vezi și
""",
    # Polish, Czech, Slovak
    r"""
(?:czytaj|przeczytaj|zobacz|sprawdź|obejrzyj|posłuchaj|poznaj|warto (?:przeczytać|zobaczyć))
(?: (?:też|także|również|więcej|koniecznie|dalej|wideo|film|zdjęcia|tutaj|cały tekst))?|więcej
|więcej na ten temat|(?:o tym )?pisaliśmy(?: o tym)?|powiązane|dowiedz się więcej|wideo|film
|zdjęcia|galeria|polecamy(?: też)?|w temacie
|(?:př|p)e?čtěte(?: si)?(?: (?:také|též|i|více|více zde|celý článek|rovněž))?|čtěte(?: (?:také
|též|i|více|dál|více zde))?|(?:podívejte|podívej) se(?: (?:také|na video))?|sledujte(?: (?:také
|video))?|související(?: (?:článek|články|téma))?|více(?: (?:zde|k tématu|o tématu))?|k tématu
|(?:mohlo|může) by (?:vás|se vám) (?:také )?(?:zajímat|líbit)|doporučujeme|prečítajte si(?: (?:aj
|tiež|viac))?|čítajte(?: (?:aj|tiež|viac))?|pozrite si(?: aj)?|viac(?: o téme)?
""",
    # Turkish, Croatian and Serbian, Hungarian, Nordic
    r"""
(?:ilgili|önceki|sonraki) (?:haber|haberler|içerik|yazı)(?: için tıklayınız)?|ayrıca(?: (?:oku
|okuyun|bakınız|bkz))?|(?:haberin )?devamı(?:nı oku)?|okumaya devam et|okumadan geçme|(?:bunlar
|bu haberler)? ?(?:da|de)? ?ilginizi çekebilir|haber için tıklayınız|video(?: haber)?|foto galeri
|bunu da oku(?:yun)?
|pročitajte(?: (?:i|još|više))?|pogledajte(?: (?:i|još))?|opširnije|više|olvassa(?: el)?(?: (?:még
|ezt is))?|kapcsolódó|bővebben|läs (?:också|även|mer|vidare)|les (?:også|mer)|læs (?:også|mere)
|se også|lue (?:myös|lisää)
""",
)
_LABEL = re.compile("|".join(fold_table(table) for table in _TABLES))


def is_pointer_label(text: str) -> bool:
    """Return whether a text says no more than that another story is to be read or seen.

    >>> is_pointer_label("Zobacz też:"), is_pointer_label("Website:")
    (True, False)
    """
    return len(text) <= _MAX_CHARS and _LABEL.fullmatch(fold_line(text)) is not None

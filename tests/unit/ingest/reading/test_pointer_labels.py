"""Labels of links to other stories are told from what else stands before a link."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.pointer_labels import is_pointer_label


@pytest.mark.parametrize(
    "label",
    [
        *("More:", "ALSO READ:", "Read more", "Related |", "[Watch:", "Don’t miss:"),
        *("Xem ngay:", "Mời bạn đọc xem thêm:", "Kỳ trước:", "Baca juga :", "Simak video:"),
        *("Lesen Sie hier:", "Mehr dazu:", "Passend dazu:", "Bekijk ook:", "Zie ook"),
        *("À (re)lire :", "Lire également :", "Notre dossier :", "Leggi qui:", "Per approfondire:"),
        *("Lea aquí:", "También le puede interesar:", "Nota relacionada:", "Saiba mais:"),
        *("Zobacz koniecznie:", "O tym pisaliśmy:", "Přečtěte si i:", "Více k tématu:"),
        *("İLGİLİ HABER:", "Devamını oku:", "Opširnije:", "Les også:"),
    ],
)
def test_a_label_says_that_another_story_is_to_be_read(label):
    assert is_pointer_label(label)


@pytest.mark.parametrize(
    "label",
    [
        *("Website:", "Learn more:", "E-mail:", "Tickets:", "Quelle:", "Địa chỉ:", "Firm feel:"),
        *("More than", "Read by", "", ":", "Read the minutes of the meeting in March:"),
    ],
)
def test_what_else_stands_before_a_link_is_none(label):
    assert not is_pointer_label(label)

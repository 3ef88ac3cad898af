"""Who has only checked a text."""

from __future__ import annotations

import pytest

from civicsearch.ingest.reading.reviewers import reviewers_in


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Fact checked by Mo Stone"], {"mo stone"}),
        (["Medically reviewed by", "Mo Stone, MD"], {"mo stone"}),
        (["Medizinisch geprüft von Ute Lind"], {"ute lind"}),
        (["Revisado por:", "Luis Gil"], {"luis gil"}),
        (["By Ana Ruiz", "Jo Lind"], set()),
        (["Written and reviewed by Ana Ruiz"], set()),
        (["x" * 301 + " reviewed by Mo Stone"], set()),
    ],
)
def test_who_stands_behind_the_role_has_checked(texts, names):
    assert reviewers_in(texts) == names

import json

import pytest

from relevance import gate
from relevance.floors import Measured, load_floors, problems, round_down, save_floors, updated


def measured(fingerprint="f", metric="mrr@10", **scores):
    return Measured(name="set", metric=metric, fingerprint=fingerprint, scores=scores)


FLOORS = {"set": {"metric": "mrr@10", "fingerprint": "f", "scores": {"none": 0.5, "half": 0.6}}}


@pytest.mark.parametrize(("score", "floor"), [(0.5999, 0.599), (0.6, 0.6), (1.0, 1.0), (0, 0)])
def test_a_floor_is_never_above_its_score(score, floor):
    assert round_down(score) == floor


def test_the_gate_opens_at_the_floor_and_above():
    assert problems(FLOORS, measured(none=0.5, half=0.9)) == []


def test_a_score_under_its_floor_is_named_with_both_figures():
    (problem,) = problems(FLOORS, measured(none=0.4999, half=0.6))
    assert problem == "set, typed none: mrr@10 0.4999 is under the floor of 0.500."


def test_other_data_is_not_compared():
    (problem,) = problems(FLOORS, measured(fingerprint="g", none=0.9, half=0.9))
    assert "fingerprint g" in problem
    assert "--allow-lower" in problem


def test_another_metric_is_not_compared():
    (problem,) = problems(FLOORS, measured(metric="ndcg@10", none=0.9, half=0.9))
    assert "metric ndcg@10" in problem


def test_a_set_or_typing_without_a_floor_keeps_the_gate_shut():
    assert "no floor" in problems({}, measured(none=1.0))[0]
    assert "nfd: has no floor" in problems(FLOORS, measured(none=1.0, half=1.0, nfd=1.0))[0]


def test_a_floor_that_was_not_measured_keeps_the_gate_shut():
    (problem,) = problems(FLOORS, measured(none=1.0))
    assert problem == "set, typed half: has a floor, but was not measured."


def test_an_update_raises_freely():
    floors, refused = updated(FLOORS, measured(none=0.7001, half=0.6), may_lower=False)
    assert floors["set"]["scores"] == {"none": 0.7, "half": 0.6}
    assert refused == []


def test_an_update_raises_what_rose_and_refuses_what_fell():
    floors, refused = updated(FLOORS, measured(none=0.7, half=0.1), may_lower=False)
    assert floors["set"]["scores"] == {"none": 0.7, "half": 0.6}
    assert len(refused) == 1


def test_an_update_lowers_when_told_to():
    floors, refused = updated(FLOORS, measured(none=0.7, half=0.1), may_lower=True)
    assert floors["set"]["scores"] == {"none": 0.7, "half": 0.1}
    assert refused == []


def test_an_update_for_other_data_must_be_told_so():
    other = measured(fingerprint="g", none=0.9, half=0.9)
    floors, refused = updated(FLOORS, other, may_lower=False)
    assert floors == FLOORS
    assert len(refused) == 1
    floors, refused = updated(FLOORS, other, may_lower=True)
    assert floors["set"]["fingerprint"] == "g"
    assert refused == []


def test_an_update_gives_a_new_set_and_a_new_typing_their_floors():
    assert updated({}, measured(none=0.51239), may_lower=False)[0]["set"]["scores"] == {
        "none": 0.512
    }
    floors, _ = updated(FLOORS, measured(none=0.5, half=0.6, nfd=0.3), may_lower=False)
    assert floors["set"]["scores"]["nfd"] == 0.3


def test_floors_are_read_as_they_were_written(tmp_path):
    save_floors(FLOORS, tmp_path / "floors.json")
    assert load_floors(tmp_path / "floors.json") == FLOORS
    assert load_floors(tmp_path / "none.json") == {}


def test_without_data_the_gate_says_so_and_opens(tmp_path, capsys):
    assert gate.main(["--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("Skipped: there is no data at")


def test_lowering_alone_is_no_command(capsys):
    with pytest.raises(SystemExit) as left:
        gate.main(["--allow-lower"])
    assert left.value.code == 2


def test_the_gate_from_measurement_to_exit_status(tmp_path, capsys, monkeypatch):
    """No floor: refused; updated: open; worse answers: refused again, floors untouched."""
    found = measured(none=0.8)
    monkeypatch.setattr(gate, "iter_sets", lambda data: [None])
    monkeypatch.setattr(gate, "measure", lambda test_set, cache: found)
    options = ["--floors", str(tmp_path / "floors.json")]
    assert gate.main(options) == 1
    assert gate.main([*options, "--update"]) == 0
    assert gate.main(options) == 0
    found = measured(none=0.7)
    assert gate.main(options) == 1
    assert gate.main([*options, "--update"]) == 1
    assert json.loads((tmp_path / "floors.json").read_text())["set"]["scores"] == {"none": 0.8}
    assert "REFUSED: set, typed none" in capsys.readouterr().out

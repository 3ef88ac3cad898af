import subprocess
import sys

import civicsearch


def test_all_is_sorted_and_everything_in_it_exists():
    assert civicsearch.__all__ == sorted(civicsearch.__all__)
    assert all(hasattr(civicsearch, name) for name in civicsearch.__all__)


def test_importing_the_package_loads_no_heavy_library():
    code = "import sys, civicsearch; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"bs4", "click", "jinja2", "lxml", "numpy", "starlette", "uvicorn", "whoosh"}
    assert heavy & set(done.stdout.split()) == set()


def test_searching_loads_neither_the_extractor_nor_the_web(tmp_path):
    with civicsearch.Archive.create(tmp_path / "index") as archive:
        archive.add(civicsearch.Document(document_id="1", title="Dân vận"))
    code = (
        "import sys, civicsearch; civicsearch.Archive.open(sys.argv[1]).search('dan van').hits[0];"
        "print(*sorted({n.split('.')[0] for n in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "index")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"bs4", "lxml", "starlette", "uvicorn", "jinja2"} & set(done.stdout.split()) == set()

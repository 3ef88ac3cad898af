import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import civicsearch

SOURCE = Path(civicsearch.__file__).parent


def modules():
    return sorted(path for path in SOURCE.rglob("*.py") if path.name != "__main__.py")


def imported_names(path):
    """Yield what a module imports from others of the package, and from which."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("civicsearch"):
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_one_module_imports_from_another_is_public_there(path):
    """`__all__` tells a reader what others rely on."""
    for module, name in imported_names(path):
        public = getattr(importlib.import_module(module), "__all__", None)
        is_told = public is None or name in public
        is_module = (SOURCE.parent / f"{module.replace('.', '/')}/{name}.py").exists()
        is_type = not hasattr(sys.modules[module], name)  # an alias for type checkers alone
        assert is_told or is_module or is_type, f"{name} is not in __all__ of {module}"


def test_all_is_sorted_and_everything_in_it_exists():
    assert civicsearch.__all__ == sorted(civicsearch.__all__)
    assert all(hasattr(civicsearch, name) for name in civicsearch.__all__)


def test_names_are_loaded_from_where_type_checkers_are_told():
    """The imports for these and the table of homes say the same, of all that is public."""
    told = {
        (module.removeprefix("civicsearch."), name)
        for module, name in imported_names(SOURCE / "__init__.py")
    }
    homes = {(home, name) for home, names in civicsearch._HOMES.items() for name in names}
    homes |= {("errors", name) for name in civicsearch.__all__ if name.endswith("Error")}
    assert told == homes | {("_version", "__version__")}
    assert sorted(name for _, name in told) == civicsearch.__all__
    assert set(civicsearch.__all__) <= set(dir(civicsearch))


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'civicsearch' has no attribute 'Whoosh'"):
        _ = civicsearch.Whoosh


def test_importing_the_package_loads_no_other_module_of_it():
    """They come with the first name that is asked for."""
    code = (
        "import sys, civicsearch; print(*sorted(n for n in sys.modules if 'civicsearch' in n));"
        "civicsearch.Archive; print('civicsearch.archive' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["civicsearch civicsearch._version", "True"]


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


def test_modules_of_public_names_are_found_without_being_imported():
    code = "import civicsearch; print(civicsearch.errors.__name__, civicsearch.document.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["civicsearch.errors", "civicsearch.document"]

"""The group: help, commands that are not there, errors, the index option, what is loaded."""

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import civicsearch
from civicsearch import ArchiveLockedError
from civicsearch.__main__ import main
from civicsearch.cli import main as cli_main
from civicsearch.cli.guard import run_guarded
from civicsearch.cli.main import COMMANDS, cli


def raising(error):
    """A command that fails with `error`."""

    def fail():
        raise error

    return fail


def all_commands():
    context = click.Context(cli)
    return [(name, cli.get_command(context, name)) for name in COMMANDS]


def test_alone_prints_the_help(call):
    """The bare name is a question, not a mistake."""
    found = call()
    assert found.status == 0
    assert found.out.startswith("Usage: civicsearch [OPTIONS] COMMAND [ARGS]...\n")
    for name in COMMANDS:
        assert f"\n  {name} " in found.out


def test_version(call):
    """The version is that of the package."""
    assert call("--version").out == f"civicsearch {civicsearch.__version__}\n"


def test_version_variable_of_a_container_is_no_flag(call, monkeypatch):
    """CIVICSEARCH_VERSION is set by many an image."""
    monkeypatch.setenv("CIVICSEARCH_VERSION", "0.1.0")
    assert call().out.startswith("Usage: civicsearch [OPTIONS]")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_teaches(call, name):
    """Every command: examples first, exit statuses, and a purpose in one sentence."""
    found = call(name, "--help")
    assert found.status == 0
    assert found.out.index("Examples:") < found.out.index("Options:")
    assert "Exit status: 0" in found.out
    assert f"  civicsearch {name}" in found.out


def test_help_fits_a_narrow_terminal(call, monkeypatch):
    """At 40 columns sentences and options are wrapped, not broken."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    options = call("show", "--help").out.partition("Options:")[2]
    assert options
    assert all(len(line) <= 40 for line in options.splitlines())


def test_every_option_has_a_variable_of_its_name():
    """What is typed as --from is set as CIVICSEARCH_SEARCH_FROM."""
    for name, command in all_commands():
        for found in command.params:
            if isinstance(found, click.Option):
                word = found.opts[0].removeprefix("--").replace("-", "_").upper()
                assert found.envvar == f"CIVICSEARCH_{name.upper()}_{word}"


SPECIAL_VALUES = {
    "--from": ("06/08/2020", dt.date(2020, 8, 6)),
    "--to": ("2020", dt.date(2020, 12, 31)),
    "--source": ("Báo A;Báo B", ("Báo A", "Báo B")),
    "--facet": ("source year", ("source", "year")),
    "--allow-origin": ("https://a.example *", ("https://a.example", "*")),
    "--memory": ("300", 300),
}


def a_value_of(option):
    """Return a text for the variable of an option, and what its command makes of it."""
    if option.opts[0] in SPECIAL_VALUES:
        return SPECIAL_VALUES[option.opts[0]]
    match option.type:
        case click.types.BoolParamType():
            return "yes", True
        case click.Choice(choices=choices):
            return choices[-1], choices[-1]
        case click.types.IntParamType():
            return "3", 3
        case click.Path():
            return "some/file", Path("some/file")
    return "đó", "đó"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_variable_counts(name, monkeypatch):
    """Each gives its option the value, in the type that what is typed has."""
    command = dict(all_commands())[name]
    options = [found for found in command.params if isinstance(found, click.Option)]
    words = ["x" for found in command.params if isinstance(found, click.Argument)]
    for option in options:
        monkeypatch.setenv(option.envvar, a_value_of(option)[0])
    group = click.Context(cli)
    group.params["index"] = Path("index")
    context = command.make_context(name, words, parent=group)
    for option in options:
        assert context.params[option.name] == a_value_of(option)[1], option.envvar


def test_a_bad_value_in_a_variable_names_the_variable(call, index, monkeypatch):
    """Who typed no option would look for it in vain; a typed one is named alone."""
    monkeypatch.setenv("CIVICSEARCH_SEARCH_LIMIT", "viele")
    assert call("search", "dân").err == (
        "civicsearch: Invalid value for '--limit': 'viele' is not a valid integer. It is from the "
        "variable CIVICSEARCH_SEARCH_LIMIT.\nTry 'civicsearch search --help'.\n"
    )
    assert "variable" not in call("search", "dân", "--limit", "x").err


def test_mistyped_command_is_corrected(call):
    """The nearest command is named."""
    found = call("serch", "dân")
    assert found.status == 2
    assert found.err == (
        "civicsearch: There is no command 'serch'. Did you mean search?\n"
        "Try 'civicsearch --help'.\n"
    )


def test_unknown_command_lists_what_there_is(call):
    """A word unlike any command gets the list."""
    assert "There are ingest, search, show" in call("xyzzy").err


def test_unknown_option_of_the_group(call):
    """The same care before the command."""
    found = call("--indx", "x", "stats")
    assert found.status == 2
    assert found.err.startswith("civicsearch: No such option")
    assert "--index" in found.err


def test_missing_argument_is_one_sentence(call):
    """No usage dump: what is missing, and where help is."""
    found = call("search")
    assert found.status == 2
    assert found.err == (
        "civicsearch: Missing argument 'QUERY...'.\nTry 'civicsearch search --help'.\n"
    )


def test_index_before_and_after_the_command(call, index, tmp_path):
    """--index is taken in both places; the one after the command wins."""
    moved = tmp_path / "moved"
    index.rename(moved)
    assert call("--index", moved, "search", "dân").status == 0
    assert call("search", "dân", "--index", moved).status == 0
    assert call("--index", tmp_path / "none", "search", "dân", "--index", moved).status == 0


@pytest.mark.parametrize(
    "arguments", [("ingest", "page.html", "--index", ""), ("--index", "", "stats")]
)
def test_an_index_without_a_name_is_not_the_folder_one_is_in(call, tmp_path, arguments):
    """As in `--index "$INDEX"` where that variable is not set."""
    found = call(*arguments)
    assert (found.status, found.out) == (2, "")
    assert "Invalid value for '--index': the name of the folder is empty." in found.err
    assert not (tmp_path / "manifest.json").exists()


def test_index_from_the_environment(call, index, tmp_path, monkeypatch):
    """What is typed wins over the command's variable, that one over the general one."""
    moved = tmp_path / "moved"
    index.rename(moved)
    monkeypatch.setenv("CIVICSEARCH_INDEX", str(moved))
    assert call("stats").status == 0
    monkeypatch.setenv("CIVICSEARCH_STATS_INDEX", str(tmp_path / "none"))
    assert call("stats").status == 2
    assert call("--index", moved, "stats").status == 0


def test_unexpected_error_asks_for_a_report(capsys):
    """A defect of ours is one line; the traceback is there for who asks."""

    assert run_guarded(raising(KeyError("x\x1b[2J"))) == 2
    assert capsys.readouterr().err == (
        "civicsearch: unexpected KeyError: 'x\\x1b[2J'. "
        "Please report it with what the command shows under CIVICSEARCH_DEBUG=1.\n"
    )


def test_debug_shows_the_traceback(capsys, monkeypatch):
    """CIVICSEARCH_DEBUG=1 shows where it happened."""
    monkeypatch.setenv("CIVICSEARCH_DEBUG", "1")

    assert run_guarded(raising(RuntimeError)) == 2
    error = capsys.readouterr().err
    assert "Traceback (most recent call last):" in error
    assert "in fail" in error


def test_own_error_is_one_line(capsys):
    """An error of the library is its own sentence."""

    assert run_guarded(raising(ArchiveLockedError("index"))) == 2
    assert capsys.readouterr().err == (
        "civicsearch: The archive at 'index' is being written by another process. "
        "Wait for it to finish, then run the command again.\n"
    )


def test_error_of_the_system_names_the_file(capsys):
    """What the system refuses is told in its words."""

    assert run_guarded(raising(PermissionError(13, "Permission denied", "x.html"))) == 2
    assert capsys.readouterr().err == "civicsearch: 'x.html': Permission denied.\n"


def test_lack_of_memory_is_no_defect_to_report(capsys):
    """Where the machine is too small, the user can do something about it."""

    assert run_guarded(raising(MemoryError)) == 2
    assert capsys.readouterr().err == (
        "civicsearch: There is not enough memory. What was committed before is kept. Make room "
        "for this command, or let it take less: an ingest with --jobs 1 and --memory 128.\n"
    )


def test_index_that_may_not_be_read_is_told_as_by_the_archive(call, index, monkeypatch):
    """It is no wrong usage: the help would not help."""

    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.access", lambda path, mode: False)
    monkeypatch.setattr("pathlib.Path.open", refuse)
    for arguments in (("stats",), ("--index", index, "stats"), ("stats", "--index", index)):
        done = call(*arguments)
        assert done.status == 2
        assert "cannot be used: Permission denied." in done.err
        assert "--help" not in done.err


def test_interrupt_is_130(capsys):
    """Ctrl-C is not an error of the program."""

    assert run_guarded(raising(KeyboardInterrupt)) == 130
    assert capsys.readouterr().err == ""


def test_interrupt_inside_a_command_is_130(call, index, monkeypatch):
    """The same through click."""

    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("civicsearch.archive.Archive.search", interrupted)
    assert call("search", "dân").status == 130


def test_messages_wrap_at_a_narrow_terminal(capsys, monkeypatch):
    """Words are kept whole where a person reads."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")

    run_guarded(raising(ArchiveLockedError("index")))
    assert all(len(line) <= 40 for line in capsys.readouterr().err.splitlines())


def test_reader_that_went_away_is_no_error(call, index, monkeypatch):
    """A closed pipe is the end of the work, not a failure of it."""

    def closed(*args, **kwargs):
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr("civicsearch.archive.Archive.search", closed)
    found = call("search", "dân")
    assert (found.status, found.out, found.err) == (0, "", "")


def test_other_complaint_of_click_is_one_line(capsys):
    """What is no wrong usage has no hint to the help."""
    assert run_guarded(raising(click.FileError("x.html", "no"))) == 2
    assert capsys.readouterr().err == "civicsearch: Could not open file 'x.html': no\n"


def test_full_disk_keeps_quiet_afterwards(capsys):
    """The sentence is there even where standard output is no file."""
    assert run_guarded(raising(OSError(28, "No space left on device"))) == 2
    assert capsys.readouterr().err == "civicsearch: No space left on device.\n"


def test_command_without_its_group_has_the_default_index(capsys):
    """An embedding program may run one command by itself."""
    with pytest.raises(civicsearch.ArchiveNotFoundError, match="No archive at 'index'"):
        dict(all_commands())["stats"].main([], standalone_mode=False)


def test_list_of_commands_is_complete():
    """Every name has its module, and nothing else is listed."""
    assert [command.name for _, command in all_commands()] == list(COMMANDS)
    assert cli_main.cli.get_command(click.Context(cli), "os") is None


def python(*arguments, **settings):
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **settings,
    )


def test_module_runs_as_a_program(index):
    """`python -m civicsearch` is the console script."""
    done = python("-m", "civicsearch", "search", "khéo", "--index", str(index))
    assert done.returncode == 0
    assert "Dân vận khéo ở Phiêng Sậy" in done.stdout


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_to_a_reader_that_went_away_is_no_error(option):
    """What click prints before there is a command to run ends as quietly as a command."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "civicsearch", option],
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_entry_ends_the_process_with_the_status(monkeypatch, capsys):
    """The console script passes the status on to the shell."""
    monkeypatch.setattr(sys, "argv", ["civicsearch", "search", "dân"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("civicsearch: No archive at 'index'.")


def test_interrupt_while_loading_is_130(monkeypatch):
    """Ctrl-C before anything runs shows no traceback either."""

    class Interrupted:
        def __getattr__(self, name):
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "civicsearch.cli.main", Interrupted())
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


@pytest.mark.parametrize("module", ["archive", "cli.main", "errors", "search.results"])
def test_interrupt_while_the_package_is_loaded_is_130(module):
    """Nor Ctrl-C while the package itself is loaded: it loads what it has when that is asked for."""
    code = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(name, path=None, target=None):\n"
        f"        if name == 'civicsearch.{module}': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted)\n"
        "sys.argv = ['civicsearch', 'search', 'dân']\n"
        "from civicsearch.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "")


@pytest.mark.parametrize("query", [["khéo", "--limit", "1"], ["dan", "van", "--format", "jsonl"]])
def test_search_loads_neither_extractor_nor_server_nor_grammar(index, query):
    """A cold search is fast because it loads what it uses; without suggestions, not theirs."""
    code = (
        "import sys; from civicsearch.cli.main import run; "
        f"assert run(['search', *{query!r}, '--index', {str(index)!r}]) == 0; "
        "heavy = {'bs4', 'lxml', 'starlette', 'uvicorn', 'jinja2', 'asyncio', 'concurrent', "
        "'civicsearch.query.grammar', 'calendar', 'tempfile', 'traceback', "
        "'hashlib', '_hashlib', 'dataclasses', 'secrets', 'numpy.random', 'shutil', 'unidecode', "
        "'tomllib', 'zoneinfo', 'importlib.metadata', 'difflib', 'csv', 'logging', "
        "'civicsearch.engines.local.writer', 'civicsearch.engines.memory', 'whoosh', "
        "'civicsearch.suggesting.correcting'}; "
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = python("-c", code)
    assert done.returncode == 0, done.stderr


def test_closed_pipe_ends_quietly(index):
    """`civicsearch search ... | head -0` says nothing and is no error."""
    command = f"{sys.executable} -m civicsearch search dân --index {index}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | true"],  # noqa: S607 - bash is found
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1  # how many matches
    assert "Broken" not in done.stderr


def test_full_disk_is_one_sentence(index):
    """What cannot be written is told, once."""
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "civicsearch", "stats", "--index", str(index)],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "civicsearch: No space left on device.\n"


def shell(command, index):
    """Run a line of the shell in which `civicsearch` is the program, with the index to ask."""
    line = command.replace("civicsearch", f"{sys.executable} -m civicsearch")
    return subprocess.run(
        ["bash", "-c", line],  # noqa: S607 - bash is found
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "CIVICSEARCH_INDEX": str(index)},
    )  # fmt: skip


@pytest.mark.parametrize("arguments", ["stats", "search khéo --format csv", "--help", "--version"])
def test_closed_output_is_one_sentence(index, arguments):
    """A program that has closed standard output is told that nothing can be printed."""
    done = shell(f"civicsearch {arguments} >&-", index)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "civicsearch: Standard output is closed: nothing can be printed."
    )
    assert "Traceback" not in done.stderr


def test_closed_output_does_not_matter_where_nothing_is_printed(index, page):
    """An ingest tells by its status and on standard error."""
    done = shell(f"civicsearch ingest {page} >&- <&-", index)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 added" in done.stderr


@pytest.mark.parametrize("closing", ["2>&-", "2>/dev/full"])
@pytest.mark.parametrize(
    ("arguments", "status"), [("search khéo", 0), ("search zzzz", 1), ("show zzzz", 2)]
)
def test_messages_that_cannot_be_written_change_nothing(index, closing, arguments, status):
    """Neither the data nor the status hang on standard error."""
    done = shell(f"civicsearch {arguments} {closing}", index)
    assert (done.returncode, done.stderr) == (status, "")
    assert ("Dân vận khéo" in done.stdout) == (status == 0)


def test_nothing_can_be_written_at_all(index):
    """With both streams closed, or full, the status is left."""
    assert shell("civicsearch search khéo >&- 2>&-", index).returncode == 2
    assert shell("civicsearch search khéo >/dev/full 2>/dev/full", index).returncode == 2


def test_program_without_streams_runs(monkeypatch):
    """A Windows program without a console has none."""
    monkeypatch.setattr(sys, "stdout", None)
    assert run_guarded(lambda: None) == 0


def test_terminal_without_unicode_gets_escapes_not_an_error(index):
    """A letter that the encoding lacks does not end the program; JSON stays JSON."""
    environment = {"PYTHONIOENCODING": "latin-1"}
    settings = {"env": environment, "encoding": "latin-1"}
    done = python("-m", "civicsearch", "stats", "--index", str(index), **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Xã h\\u1ed9i  ####" in done.stdout
    done = python("-m", "civicsearch", "stats", "--json", "--index", str(index), **settings)
    assert "X\\u00e3 h\\u1ed9i" in done.stdout

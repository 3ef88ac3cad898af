# Sourced by the other scripts: finds Python, makes .venv, installs what is asked for.
#
#   . script/setup.sh
#   install_project          what a user needs
#   install_project dev      and what the checks and tests need
#   install_peers MODULES    and what measurements compare with, unless all these can be imported
#
# A stamp in .venv makes a second call cost nothing until pyproject.toml changes.

set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    die "civicsearch needs Python 3.11 or newer, and none was found: install it (Debian: apt-get install python3 python3-venv) or name one with PYTHON=/path/to/python3."
}

make_venv() {
    if [ -x .venv/bin/python ] && .venv/bin/python -c 'import pip' >/dev/null 2>&1; then
        return
    fi
    python=$(find_python)
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        die "The venv module of $python is missing: install it (Debian: apt-get install python3-venv), then run this again."
    rm -rf .venv
    "$python" -m venv .venv || die "$python could not make .venv in $root."
}

install_project() {
    kind=${1:-run}
    make_venv
    stamp=".venv/installed-$kind"
    wanted=$(cksum pyproject.toml)
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] &&
        .venv/bin/python -c 'import civicsearch' >/dev/null 2>&1; then
        return
    fi
    say "Installing into .venv (only the first time, about a minute) ..."
    pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet"
    if [ "$kind" = dev ]; then
        $pip --upgrade 'pip>=25.1' # the first that knows dependency groups
        $pip --editable '.[all]' --group dev
    else
        $pip --editable .
    fi || die "Installing failed; the lines above say why. Is there a way to PyPI?"
    # As a wheel would have it: else every start of the program compiles it where Python is told
    # to write no bytecode, which takes as long as a search.
    .venv/bin/python -m compileall -q src || say "Some modules could not be compiled."
    printf '%s\n' "$wanted" >"$stamp"
}

# One that cannot be installed is passed over, with a word about it.
install_peers() {
    if .venv/bin/python -W ignore -c "import $1" >/dev/null 2>&1; then
        return
    fi
    pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install --quiet"
    { $pip --upgrade 'pip>=25.1' && $pip --group bench; } ||
        say "Not everything to compare with could be installed; the others are measured."
}

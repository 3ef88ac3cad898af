"""The entry of the console script `civicsearch` and of `python -m civicsearch`."""

import gc
import os
import sys
import warnings

__all__ = ["main"]

_ROOM_BYTES = 1 << 16


def main() -> None:
    """Run the command line and end the process with its status."""
    # What is loaded stays, so there is little garbage to look for while a command starts: 3 ms of
    # a search. Ingesting takes no more memory with this; with 100,000 it would take 20 MB more.
    gc.set_threshold(10_000)
    if not sys.warnoptions:
        # A library's deprecation is news for developers, who ask for it with -W.
        warnings.simplefilter("ignore")
    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A letter that the terminal's encoding lacks must not end the program.
            stream.reconfigure(errors="backslashreplace")
    status = _run_with_room()
    # Python looks for garbage once more as it ends: 15 ms, though all memory goes back anyway.
    gc.freeze()
    sys.exit(status)


def _run_with_room() -> int:
    try:
        from civicsearch.cli.main import run  # noqa: PLC0415 - Ctrl-C while loading is caught too
    except KeyboardInterrupt:
        return 130
    return run()


# Python keeps the frames of calls in pieces of 16 KB, and gives a piece back to the system as soon
# as it is empty: a loop that stands at the edge of one asks for it and faults at every call. A
# frame that says it needs 64 KB gets a piece of 128, in which all that it calls has room. A cold
# search made 800 such trips; without them it takes 146 ms in place of 171, of which numpy and
# click are 99.
_run_with_room.__code__ = _run_with_room.__code__.replace(co_stacksize=_ROOM_BYTES // 8)


def _fill_closed_streams() -> None:
    """Take the numbers of standard streams that are closed: `civicsearch search ... >&-`.

    A file of the archive must not get number 1 or 2, where a C library may print. Nothing can be
    written to what takes them, so a command that has something to print says that it cannot.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)  # gets the lowest number that is free: this one
    if sys.stdout is None:
        sys.stdout = open(1, "w")  # noqa: SIM115 - a number, open until the process ends


if __name__ == "__main__":
    main()

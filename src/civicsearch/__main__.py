"""The entry of the console script `civicsearch` and of `python -m civicsearch`."""

import sys
import warnings

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its status."""
    if not sys.warnoptions:
        # A library's deprecation is news for developers, who ask for it with -W.
        warnings.simplefilter("ignore")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A letter that the terminal's encoding lacks must not end the program.
            stream.reconfigure(errors="backslashreplace")
    try:
        from civicsearch.cli.main import run  # noqa: PLC0415 - Ctrl-C while loading is caught too
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(run())


if __name__ == "__main__":
    main()

"""What reads one hostile page, in a process of its own, and says in a line what came of it."""

import re
import sys
from pathlib import Path

from civicsearch import Page
from civicsearch.errors import ExtractionError
from civicsearch.ingest.extractor import extract_document
from civicsearch.ingest.sources import read_page


def main(path: str) -> None:
    """Read the page and print the most memory in MB, and the outcome."""
    try:
        document = extract_document(Page(content=read_page(Path(path))))
    except ExtractionError as error:
        outcome = f"refused: {error.reason}"[:100]
    else:
        outcome = f"document of {len(document.text):,} letters"
    sys.stdout.write(f"{most_memory_mb()} {outcome}\n")


def most_memory_mb() -> int:
    """Return what this process held at most; `ru_maxrss` counts what made it as well."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


if __name__ == "__main__":
    main(sys.argv[1])

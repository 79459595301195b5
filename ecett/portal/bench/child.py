"""Runs one benchmark in a process whose environment points at the benchmark's own database.

`python -m ecett.portal.bench.child NAME [FILE]`; the last line of standard output are the measures as JSON.
"""

import importlib
import json
import sys
from dataclasses import asdict

import django

# Benchmark and the module whose `run` gives its measures.
BENCHES = {
    "pages": "ecett.portal.bench.pages",
    "documents": "ecett.portal.bench.documents",
    "search": "ecett.portal.bench.search",
}


def main(arguments: list[str]) -> None:
    """Runs it."""
    django.setup()
    name, *file = arguments
    measures = importlib.import_module(BENCHES[name]).run(file[0] if file else None)
    print(json.dumps([asdict(measure) for measure in measures]))


if __name__ == "__main__":
    main(sys.argv[1:])

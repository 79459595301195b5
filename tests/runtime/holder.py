"""Runs ``servers(PURPOSE)`` as its own process: prints the addresses, holds them until a line arrives,
ends.
"""

import json
import sys

from ecett.runtime.servers import servers

if __name__ == "__main__":
    with servers(sys.argv[1]) as environment:  # type: ignore[arg-type]
        print(json.dumps(environment), flush=True)
        sys.stdin.readline()

"""A small load generator, a process of its own: `python load.py URL SECONDS CONCURRENCY [COOKIE]`.

Every request opens a connection (`Connection: close`); anything but 2xx is a failure. Prints one JSON line.
Standard library only, so that it starts at once and takes little from what it measures.
"""

import http.client
import json
import sys
import threading
import time
from urllib.parse import urlsplit


def worker(url: str, until: float, cookie: str, result: list[tuple[float, bool]]) -> None:
    """Asks again and again until the time is over."""
    address = urlsplit(url)
    path = address.path + (f"?{address.query}" if address.query else "")
    headers = {"Connection": "close", "Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
    while time.perf_counter() < until:
        started = time.perf_counter()
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            fine = 200 <= answer.status < 300
        except OSError:
            fine = False
        finally:
            connection.close()
        result.append((time.perf_counter() - started, fine))


def main(arguments: list[str]) -> None:
    """Runs the threads and prints requests, failures, seconds and the 95th percentile in ms."""
    url, seconds, concurrency, *rest = arguments
    result: list[tuple[float, bool]] = []
    started = time.perf_counter()
    until = started + float(seconds)
    threads = [
        threading.Thread(target=worker, args=(url, until, rest[0] if rest else "", result))
        for _ in range(int(concurrency))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - started
    times = sorted(took for took, _fine in result)
    print(
        json.dumps(
            {
                "requests": len(result),
                "failures": sum(not fine for _took, fine in result),
                "seconds": elapsed,
                "p95_ms": 1000 * times[int(0.95 * (len(times) - 1))] if times else 0,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1:])

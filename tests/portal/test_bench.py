"""What benchmarks say, and the load generator itself."""

import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from ecett.portal.bench import load, processes
from ecett.portal.bench.report import against, at_most, middle, plain, table, write


def test_a_rate_is_held_against_its_reference() -> None:
    good = against("list", 66.0, "requests/s", 100.0, at_least=0.6)
    bad = against("list", 59.0, "requests/s", 100.0, at_least=0.6)
    assert (good.ratio, good.holds) == (0.66, True)
    assert (bad.ratio, bad.holds) == (0.59, False)
    assert against("list", 5.0, "requests/s", 0.0, at_least=0.6).holds is False


def test_a_limit_holds_up_to_itself() -> None:
    assert at_most("queries", 12, "queries", 12).holds is True
    assert at_most("queries", 13, "queries", 12).holds is False
    assert plain("memory", 80.0, "MB").holds is None
    assert middle([3, 100, 1]) == 3.0


def test_report_has_the_shape_of_the_contract(tmp_path: Path) -> None:
    path = write(tmp_path / "bench", "pages", [against("list", 66.123456, "requests/s", 100.0, at_least=0.6)])
    document = json.loads(path.read_text())
    assert path.name == "pages.json"
    assert document["name"] == "pages"
    assert document["measures"] == [
        {
            "name": "list",
            "value": 66.1235,
            "unit": "requests/s",
            "reference": 100.0,
            "ratio": 0.6612,
            "aim": "at least 0.60 of it",
            "holds": True,
        }
    ]
    head, row = table(document).splitlines()
    assert head.split() == ["measure", "value", "unit", "reference", "ratio", "aim", "holds"]
    assert row.endswith("yes")


def test_load_generator_counts_requests_and_failures() -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/fine" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        found = {}
        for path in ("fine", "wrong"):
            command = [sys.executable, "-I", str(load.__file__), f"{address}/{path}", "0.3", "2"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found[path] = json.loads(done.stdout)
        server.shutdown()
    assert found["fine"]["requests"] > 0
    assert found["fine"]["failures"] == 0
    assert found["wrong"]["failures"] == found["wrong"]["requests"] > 0


def test_memory_of_a_process_is_read_from_its_own_account() -> None:
    sizes = processes.proportional_memory(threading.main_thread().native_id or 0)
    assert sizes
    assert all(size > 1 for size in sizes)


def test_time_of_the_processor_counts_children_that_have_ended() -> None:
    me = os.getpid()
    before = processes.processor_seconds(me)
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    subprocess.run([sys.executable, "-I", "-c", busy], check=True)
    assert processes.processor_seconds(me) - before >= 0.25

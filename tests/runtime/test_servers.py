"""The embedded servers, as real processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg2
import pytest
import redis

from tests.patience import PATIENCE, wait_for
from tests.runtime.conftest import Holder

Hold = Callable[..., Holder]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as somebody else")


def query(holder: Holder, sql: str) -> object:
    """One value from the holder's database (None when there is no row)."""
    connection = psycopg2.connect(holder.environment["DATABASE_URL"])
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def socket_folder(holder: Holder) -> Path:
    """Where the holder's sockets lie."""
    return Path(parse_qs(urlsplit(holder.environment["DATABASE_URL"]).query)["host"][0])


def test_servers_answer_on_private_sockets_only(hold: Hold) -> None:
    holder = hold()

    assert query(holder, "SELECT current_user || ' ' || lower('ÉÀΣ')") == "ecett éàσ"
    assert query(holder, "SELECT rolsuper FROM pg_roles WHERE rolname = 'ecett'") is False
    assert redis.from_url(holder.environment["REDIS_URL"]).ping() is True
    assert socket_folder(holder).stat().st_mode & 0o777 == 0o700
    servers = holder.servers()
    assert sorted(server.name() for server in servers) == ["postgres", "valkey-server"]
    assert [server.net_connections("inet") for server in servers] == [[], []]


def test_extensions_that_the_portal_uses_can_be_made_by_its_role(hold: Hold) -> None:
    holder = hold()

    for name in ("pg_trgm", "unaccent", "btree_gist", "citext"):
        query(holder, f"CREATE EXTENSION {name}")

    assert query(holder, "SELECT unaccent('Vågbrytaren')") == "Vagbrytaren"


@as_root
def test_servers_of_root_run_as_nobody(hold: Hold) -> None:
    assert {server.username() for server in hold().servers()} == {"nobody"}


def test_servers_end_with_their_command(hold: Hold) -> None:
    holder = hold()
    servers = holder.servers()

    assert holder.end() == ""

    assert [server.is_running() for server in servers] == [False, False]


def test_data_are_there_again_at_the_next_start(hold: Hold) -> None:
    first = hold()
    query(first, "CREATE TABLE kept AS SELECT 'Vågbrytaren' AS name")
    redis.from_url(first.environment["REDIS_URL"]).set("kept", "a task")
    first.end()

    second = hold()

    assert query(second, "SELECT name FROM kept") == "Vågbrytaren"
    assert redis.from_url(second.environment["REDIS_URL"]).get("kept") == b"a task"


def test_second_command_joins_and_the_first_waits_for_it(hold: Hold) -> None:
    first, second = hold(), hold()
    assert second.environment == first.environment
    assert second.servers() == []

    first.tell_to_end()
    time.sleep(0.5)

    assert first.process.poll() is None
    assert query(second, "SELECT 1") == 1
    second.end()
    assert first.process.wait(20) == 0


def test_command_that_comes_while_the_owner_waits_gets_servers_of_its_own(hold: Hold) -> None:
    first, second = hold(), hold()
    first.tell_to_end()
    time.sleep(0.3)
    second.tell_to_end()

    third = hold()

    assert len(third.servers()) == 2
    assert query(third, "SELECT 1") == 1


def test_killed_parent_takes_the_servers_along_and_the_next_start_recovers(hold: Hold) -> None:
    first = hold()
    query(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    servers = first.servers()

    first.kill()

    _gone, alive = psutil.wait_procs(servers, timeout=15)
    assert alive == []
    assert query(hold(), "SELECT answer FROM kept") == 42


def test_killed_database_recovers_at_the_next_start(hold: Hold) -> None:
    first = hold()
    query(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    for server in first.servers():
        server.kill()
    first.end()

    assert query(hold(), "SELECT answer FROM kept") == 42


@pytest.mark.parametrize("whose", ["another program", "a zombie"])
def test_pid_file_that_names_no_server_of_ours_is_removed(hold: Hold, var: Path, whose: str) -> None:
    hold().end()
    zombie = subprocess.Popen(["true"])  # not waited for until the end of the test
    pid = os.getpid() if whose == "another program" else zombie.pid
    data = var / "servers" / "postgres"
    (data / "postmaster.pid").write_text(f"{pid}\n{data}\n1700000000\n5432\n{data}\n\n  123 0\nready\n")

    assert query(hold(), "SELECT 1") == 1
    zombie.wait()


def test_half_made_cluster_is_made_anew(hold: Hold, var: Path) -> None:
    half = var / "servers" / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    assert query(hold(), "SELECT 1") == 1


def test_unreadable_dump_of_the_broker_is_put_aside(hold: Hold, var: Path) -> None:
    hold().end()
    (var / "servers" / "valkey" / "dump.rdb").write_bytes(b"not a dump")

    holder = hold()

    assert redis.from_url(holder.environment["REDIS_URL"]).ping() is True
    assert "put aside" in holder.end()


@pytest.mark.parametrize("name", ["a path with spaces, and a comma", "é" * 20, "x" * 120])
def test_odd_and_long_paths_get_a_short_private_socket_folder(hold: Hold, var: Path, name: str) -> None:
    holder = hold(folder=var / name)

    folder = socket_folder(holder)
    assert query(holder, "SELECT 1") == 1
    assert redis.from_url(holder.environment["REDIS_URL"]).ping() is True
    assert len(str(folder)) < 60
    assert folder.stat().st_mode & 0o777 == 0o700
    holder.kill()
    second = hold(folder=var / name)
    assert query(second, "SELECT 1") == 1
    assert not folder.exists()
    second.end()
    assert not socket_folder(second).exists()


@as_root
def test_closed_checkout_keeps_its_data_outside_and_says_so(hold: Hold, var: Path) -> None:
    var.chmod(0o700)

    first = hold()
    query(first, "CREATE TABLE kept AS SELECT 42 AS answer")
    said = first.end()

    outside = Path((var / "servers.location").read_text().strip())
    assert "/var/lib/ecett-" in said
    assert outside.stat().st_mode & 0o777 == 0o700
    second = hold()
    assert query(second, "SELECT answer FROM kept") == 42
    assert second.end() == ""


def test_given_addresses_win(hold: Hold, var: Path) -> None:
    holder = hold(DATABASE_URL="postgres://other/db", REDIS_URL="redis://other/0")

    assert holder.environment == {}
    assert list(var.iterdir()) == []


def test_given_database_leaves_only_the_broker_to_start(hold: Hold) -> None:
    holder = hold(DATABASE_URL="postgres://other/db")

    assert set(holder.environment) == {"REDIS_URL"}
    assert [server.name() for server in holder.servers()] == ["valkey-server"]


def test_command_without_the_owners_database_is_told_so(hold: Hold, var: Path) -> None:
    hold(DATABASE_URL="postgres://other/db")

    with pytest.raises(AssertionError, match="with its own DATABASE_URL"):
        hold()


def test_runs_of_the_tests_share_the_cluster_and_nothing_else(hold: Hold, var: Path) -> None:
    first, second = hold("test"), hold("test")

    assert socket_folder(first) == socket_folder(second) == var / "test" / "servers" / "sockets"
    assert urlsplit(first.environment["DATABASE_URL"]).path == f"/run{first.process.pid}"
    assert first.environment["DATABASE_URL"] != second.environment["DATABASE_URL"]
    assert first.environment["REDIS_URL"] != second.environment["REDIS_URL"]
    second.end()
    first.end()
    assert list((var / "test").glob("run-*")) == []


def test_child_ends_with_its_parent_and_refuses_an_absent_one(tmp_path: Path) -> None:
    from ecett.runtime.processes import CHILD

    pid_file = tmp_path / "pid"
    code = (
        "import os, time; from pathlib import Path; from ecett.runtime.processes import spawn;"
        f"process = spawn(['/bin/sleep', '3600']); Path({str(pid_file)!r}).write_text(str(process.pid));"
        "time.sleep(0.3); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    wait_for(lambda: not psutil.pid_exists(int(pid_file.read_text())), "the end of the child")

    words = [sys.executable, "-I", "-S", str(CHILD), "1", "15", "-1", "-1", "/bin/sleep", "60"]
    refused = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE)
    assert refused.returncode == 1
    assert "is gone" in refused.stderr

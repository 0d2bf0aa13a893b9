from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def served(*options, cwd, env=None):
    """`quotes serve` as a process, and the line with its address."""
    command = [sys.executable, "-m", "indexer", "serve", *map(str, options)]
    settings = {"cwd": cwd, "stderr": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    with subprocess.Popen(command, env={**os.environ, **(env or {})}, **settings) as process:
        try:
            yield process, process.stderr.readline()
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


def address_in(line):
    found = re.search(r"http://\S+/", line)
    assert found, line
    return found[0]


def test_serves_until_ctrl_c(small_index, tmp_path):
    with served("--db", small_index, "--port", 0, cwd=tmp_path) as (process, line):
        with urllib.request.urlopen(address_in(line), timeout=30) as answer:
            assert answer.status == 200
            assert "Maria Lindqvist" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


@pytest.mark.parametrize("host", ["localhost", "0.0.0.0"])
def test_host(small_index, tmp_path, host):
    with (
        served("--db", small_index, "--port", 0, "--host", host, cwd=tmp_path) as (_, line),
        urllib.request.urlopen(address_in(line), timeout=30) as answer,
    ):
        assert answer.status == 200


def test_open_starts_the_browser(small_index, tmp_path):
    """The browser is the program that BROWSER names: here one that writes the address down."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o755)
    options = ("--db", small_index, "--port", 0, "--open")
    with served(*options, cwd=tmp_path, env={"BROWSER": str(browser)}) as (_, line):
        urllib.request.urlopen(address_in(line), timeout=30).close()
    assert (tmp_path / "opened").read_text(encoding="utf-8").strip() == address_in(line)


def workers_of(process):
    """The numbers of the processes that a server has started to serve with it."""
    numbers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [number for number in numbers if "spawn_main" in Path(f"/proc/{number}/cmdline").read_text()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells a process's children so")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_several_processes_serve_and_end_with_the_first(small_index, tmp_path, end):
    with served("--db", small_index, "--port", 0, "--workers", 3, cwd=tmp_path) as (process, line):
        workers = workers_of(process)
        assert len(workers) == 2
        for _ in range(10):
            with urllib.request.urlopen(address_in(line), timeout=30) as answer:
                assert answer.status == 200
        process.send_signal(end)
        process.wait(timeout=30)
        for _ in range(100):
            if not any(Path(f"/proc/{worker}/exe").exists() for worker in workers):
                break
            time.sleep(0.1)
        else:
            pytest.fail("a worker goes on without its server")


def test_one_process_serves_where_people_review(quotes, small_index, tmp_path):
    users = tmp_path / "users"
    users.write_text("Ines:pbkdf2_sha256$480000$00$AAAA\n", encoding="utf-8")
    users.chmod(0o600)
    done = quotes("serve", "--db", small_index, "--port", "0", "--workers", "2", "--review", "--users", users)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: a site that is reviewed is served by one process")


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_cannot_be_is_wrong_usage(invoke, small_index, port):
    result = invoke("serve", "--db", small_index, "--port", port)
    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_a_host_that_is_not_here_is_one_line(quotes, small_index):
    done = quotes("serve", "--db", small_index, "--host", "192.0.2.1", "--port", 0)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert "192.0.2.1" in done.stderr
    assert done.stderr.count("\n") == 1

"""What the kernel refuses to a worker; each test runs in a process of its own, as it is for good."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from filiera.sparql.confinement import SOCKET
from filiera.sparql.pool import PACKAGES

KNOWN = sys.platform == "linux" and os.uname().machine in SOCKET

FAMILIES = "import socket\nfor family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):\n"


def run(code: str) -> str:
    """Run a program that has taken leave of sockets, and return what it prints."""
    code = f"from filiera.sparql import confinement\n{code}"
    return subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(PACKAGES)}, capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.skipif(not KNOWN, reason="not run: only Linux can refuse sockets, and only on machines that are known")
def test_no_socket_can_be_made() -> None:
    """After the filter no socket of any family can be made, in no thread that starts later."""
    out = run(
        """
import socket, threading
print(confinement.forbid_sockets())

def attempt():
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        try:
            socket.socket(family)
        except PermissionError:
            print("refused")

attempt()
thread = threading.Thread(target=attempt)
thread.start()
thread.join()
"""
    )

    assert out.split() == ["True", *["refused"] * 6]


@pytest.mark.skipif(not KNOWN, reason="not run: only Linux can refuse sockets, and only on machines that are known")
def test_all_else_goes_on() -> None:
    """After the filter a process still reads files and starts others."""
    out = run("import subprocess\nconfinement.forbid_sockets()\nprint(subprocess.run(['echo', 'on']).returncode)")

    assert out == "on\n0\n"


def test_no_core_is_left() -> None:
    """A process that crashes writes no core file."""
    out = run("import resource\nconfinement.forbid_core_dumps()\nprint(resource.getrlimit(resource.RLIMIT_CORE))")

    assert out == "(0, 0)\n"


def test_an_unknown_machine_says_so() -> None:
    """Where the kernel cannot refuse sockets, the caller is told, and sockets can be made as before."""
    out = run(
        """
import socket
confinement.SOCKET.clear()  # as on a machine that is not in the list
print(confinement.forbid_sockets())
print(socket.socket().close())
"""
    )

    assert out == "False\nNone\n"

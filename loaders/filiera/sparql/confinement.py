"""Take from this process what a query never needs: sockets, core dumps, and a life after its parent's.

Two of these only Linux can do. Elsewhere they return False, and `guard` stands alone against SERVICE, and the end of
the pipe alone for the end of the parent.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import struct
import sys

#: Requests to prctl, from <linux/prctl.h>.
PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38

#: From <linux/seccomp.h>: a filter program, and what it may return for a system call.
SECCOMP_MODE_FILTER = 2
SECCOMP_RET_ALLOW = 0x7FFF0000
SECCOMP_RET_ERRNO = 0x00050000

#: Where a filter finds the number of the system call, and the architecture that numbers it (struct seccomp_data).
NUMBER = 0
ARCHITECTURE = 4

#: Instructions, from <linux/bpf_common.h>: load a word, jump if it is equal, return.
LOAD = 0x20
JUMP_IF_EQUAL = 0x15
RETURN = 0x06

#: Machine: its AUDIT_ARCH from <linux/audit.h>, and its number for socket().
SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


def forbid_core_dumps() -> None:
    """Leave no core file behind: a query that overflows the parser's stack would write one of the worker's size."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> bool:
    """Have the kernel kill this process when its parent ends, however that ends; Linux only."""
    return sys.platform == "linux" and _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def forbid_sockets() -> bool:
    """Have the kernel refuse every new socket with EACCES, for good; Linux on two kinds of machine only.

    The filter holds for this thread and those that it starts, so call it before there are others.
    """
    known = SOCKET.get(os.uname().machine) if sys.platform == "linux" else None
    if known is None:
        return False
    code = ctypes.create_string_buffer(_filter(*known))
    # struct sock_fprog: how many instructions of eight bytes, and where they are
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(code) // 8, ctypes.addressof(code)))
    return _prctl(PR_SET_NO_NEW_PRIVS, 1) and _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(program))


def _filter(architecture: int, socket: int) -> bytes:
    """Return the program: every call is allowed but socket(); a jump names how many instructions it skips."""
    instructions = (
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_IF_EQUAL, 0, 3, architecture),  # otherwise: to the last line
        (LOAD, 0, 0, NUMBER),
        (JUMP_IF_EQUAL, 0, 1, socket),  # otherwise: to the last line
        (RETURN, 0, 0, SECCOMP_RET_ERRNO | errno.EACCES),
        (RETURN, 0, 0, SECCOMP_RET_ALLOW),
    )
    return b"".join(struct.pack("HBBI", *instruction) for instruction in instructions)


def _prctl(request: int, *arguments: int) -> bool:
    rest = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    return bool(ctypes.CDLL(None).prctl(request, *rest) == 0)

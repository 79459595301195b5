"""Becomes another program that ends when the process that started it ends, as another user if asked.

Run as a file with ``python -I -S child.py PARENT SIGNAL UID GID PROGRAM [ARGUMENT ...]``; UID -1 keeps the
user. The kernel forgets the parent-death signal when the user changes, so it is set after that; and the
parent may have died before it was set, so its number is compared afterwards.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Changes user, ties itself to the parent, and becomes the program."""
    parent, death_signal, uid, gid = (int(word) for word in arguments[:4])
    program = arguments[4:]
    libc = ctypes.CDLL(None, use_errno=True)
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:
        sys.exit("the process that started this one is gone")
    os.execv(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Runs a program with less power than root: `python lower.py UID GID FOLDER… -- PROGRAM ARGUMENT…`.

PostgreSQL refuses to run as root. The program becomes the account UID:GID. Where that account could not enter a FOLDER
(a checkout under a home that only its owner enters) it keeps the one capability to pass the file permissions, so that
no permission has to be widened. Where root may not become anyone else, as in a container that knows a single account,
the program sees itself as that account in a user namespace of its own.

Uses the standard library only: it replaces itself with the program at once.
"""

import ctypes
import os
import sys
from pathlib import Path

PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 8, 28, 47, 2
SECBIT_NO_SETUID_FIXUP = 4
CAP_DAC_OVERRIDE, CAP_SETPCAP = 1, 8
CLONE_NEWUSER = 0x10000000
CAPABILITY_VERSION_3 = 0x20080522


def main(arguments: list[str]) -> None:
    uid, gid = int(arguments[0]), int(arguments[1])
    mark = arguments.index("--")
    folders, command = arguments[2:mark], arguments[mark + 1 :]
    try:
        _become(uid, gid)
    except OSError:
        _seem(uid, gid)
    else:
        if sys.platform == "linux":
            _keep_passing([folder for folder in folders if not os.access(folder, os.X_OK)])
    os.execv(command[0], command)


def _become(uid: int, gid: int) -> None:
    if sys.platform == "linux":
        _call("prctl", PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def _keep_passing(closed: list[str]) -> None:
    """Of root's capabilities keep none, or the one that lets this program and the next enter the `closed` folders."""
    if not closed:
        _set_capabilities(0)
        return
    try:
        _set_capabilities(1 << CAP_DAC_OVERRIDE | 1 << CAP_SETPCAP)
        # Else access(2), with which PostgreSQL looks for its own parts, would answer as if there were none.
        _call("prctl", PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
        _set_capabilities(1 << CAP_DAC_OVERRIDE)
        _call("prctl", PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)
    except OSError:
        sys.exit(f"the account {os.getuid()} it runs as here may not enter {closed[0]}")


def _set_capabilities(mask: int) -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0))


def _seem(uid: int, gid: int) -> None:
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    _call("unshare", CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {outer_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {outer_gid} 1")


def _call(name: str, *arguments: object) -> None:
    numbers_as_long = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in arguments]
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*numbers_as_long) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        sys.exit(f"root may not run it as another account here ({error})")

"""Runs a program that must not outlive its parent: `python bound.py PROGRAM ARGUMENT…`.

Where the system can (Linux) the program is told to end as soon as its parent is gone, however that went; elsewhere it
just runs. Uses the standard library only: it replaces itself with the program at once.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if __name__ == "__main__":
    if sys.platform == "linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGTERM))
        if os.getppid() != parent:
            sys.exit("the parent ended before its child began")
    os.execv(sys.argv[1], sys.argv[1:])

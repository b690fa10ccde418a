"""Makes `.venv` from a lock file: `python3 requirements/install.py run` (or `dev`, which adds what the tests need).

Nothing is done when the environment already holds that lock file. Uses the standard library only.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
OLDEST = (3, 11)


def main(name):
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"contempo: Python 3.11 or newer is needed, this is {found}. `make PYTHON=python3.12 …` names another."
        )
    lock = HERE / f"{name}.lock"
    wanted = hashlib.sha256(f"{sys.version} {ENVIRONMENT}".encode() + lock.read_bytes()).hexdigest()
    stamp = ENVIRONMENT / f".{name}.lock.sha256"
    try:
        guard = HERE.parent / ".cache" / "install.lock"
        guard.parent.mkdir(exist_ok=True)
        guard = guard.open("w")
    except OSError as error:
        sys.exit(f"contempo: the checkout {HERE.parent} cannot be written in: {error.strerror}.")
    with guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        make_environment()
        print(f"==> Installing the Python packages of {lock.relative_to(HERE.parent)} …", flush=True)
        options = ["--require-hashes", "--disable-pip-version-check", "--no-input", "-r", str(lock)]
        if subprocess.run([str(PYTHON), "-m", "pip", "install", *options]).returncode != 0:
            sys.exit("contempo: the Python packages could not be installed; pip says why above.")
        stamp.write_text(wanted)


def make_environment():
    """A virtual environment of this very Python, new unless there is one that works."""
    if PYTHON.exists() and run_quietly("-c", f"import sys, pip; assert sys.version == {sys.version!r}"):
        return
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        sys.exit(
            "contempo: this Python has no venv module. On Debian and Ubuntu: "
            f"apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        )
    print("==> Making the virtual environment …", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"contempo: the virtual environment {ENVIRONMENT} could not be made: {error}")


def run_quietly(*arguments):
    done = subprocess.run([str(PYTHON), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return done.returncode == 0


if __name__ == "__main__":
    os.environ.pop("PYTHONPATH", None)
    main(sys.argv[1])

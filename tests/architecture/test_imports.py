"""Who may know whom, among modules."""

import os
import subprocess
import sys

import grimp

from contempo.config.installation import ROOT
from tests.architecture.layers import layers

SHARED = {"core", "web"}


def test_the_contracts_of_the_house_are_kept() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_contexts_meet_only_at_their_public_faces() -> None:
    """The contracts alone would miss `network.actions -> people.models`: downwards, but not through the door."""
    graph = grimp.build_graph("contempo", cache_dir=None)
    wrong = []
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            _, here, *inner = [*importer.split("."), "", ""]
            package, there, *face = [*imported.split("."), "", ""]
            if package != "contempo" or here in {there, "config", "__main__", ""} or there in SHARED:
                continue
            if face[0] == "public" or (face[0] == "events" and inner[0] == "handlers"):
                continue
            if inner[0] == "tests":
                continue  # a test sets the scene with what lies below, and looks at what was written
            wrong.append(f"{importer} -> {imported}")
    assert not wrong, "\n".join(wrong)


def test_every_context_stands_in_a_layer() -> None:
    standing = set().union(*layers())
    contexts = {folder.parent.name for folder in (ROOT / "contempo").glob("*/__init__.py")}
    assert contexts <= standing

"""All that a build and the fuzz target use, loaded when this is imported: by the server that forks the processes of tests."""

from __future__ import annotations

import importlib

from liulin_gazette.check.likelihood.wrong_characters import model
from liulin_gazette.pdf.typeset.typesetting_unit import preload

for name in ("liulin_gazette.commands.terminal.built_output", "tests.shared_caches", "tests.fuzz.target"):
    importlib.import_module(name)
preload()
model()

"""What ``doctor`` says of this machine."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.preparation.machine import ROOM, check_path_length
from liulin_gazette.text.system_errors import LONGEST_PATH


def test_a_folder_that_lies_too_deep_for_windows_is_told() -> None:
    place = Path("/").resolve()
    deepest = place / ("深" * (LONGEST_PATH - ROOM - len(str(place))))
    assert check_path_length(deepest, is_unlimited=False).is_ok
    deeper = Path(f"{deepest}深")
    found = check_path_length(deeper, is_unlimited=False)
    assert not found.is_ok and "移到路径短的地方" in found.remedy
    assert check_path_length(deeper, is_unlimited=True).is_ok

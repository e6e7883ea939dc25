"""The table 读音 of gazette.toml: how the office reads characters that have several readings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from liulin_gazette.source.settings_tables.settings import Settings
from liulin_gazette.text.place_pinyin import normal_reading


def stated_readings(settings: Settings) -> Mapping[str, str]:
    """Return the reading of each character in 读音, ü written v; a malformed one is reported (B008)."""
    if "读音" not in settings.values:
        return {}
    table = settings.table("读音")
    readings: dict[str, str] = {}
    for han in table.values:
        typed = table.get(han, str)
        sound = normal_reading(typed)
        if re.fullmatch("[一-鿿]", han) and sound:
            readings[han] = sound
        else:
            table.findings.error(
                "B008",
                table.place(han),
                f"读音“{han} = {typed}”写法不对。",
                '一个汉字一行，写作“"单" = "shan"”：小写拼音，不标声调，ü 写作 v。',
            )
    return readings

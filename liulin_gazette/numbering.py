from __future__ import annotations
import re
from dataclasses import dataclass
class NumberFormatError(ValueError):
    message=""; hint=""; offset=0
@dataclass(frozen=True, slots=True, order=True)
class DocumentNumber:
    code: str
    year: int
    serial: int
    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"
    @property
    def slug(self) -> str:
        from pypinyin import lazy_pinyin
        return "-".join([*lazy_pinyin(self.code), str(self.year), str(self.serial)])
def parse(text: str) -> DocumentNumber:
    m=re.fullmatch(r"([一-鿿]+)〔(\d{4})〕(\d+)号", text)
    if not m: raise NumberFormatError(text)
    return DocumentNumber(m[1], int(m[2]), int(m[3]))

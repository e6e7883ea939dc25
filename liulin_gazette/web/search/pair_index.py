"""Index of character pairs (bigrams): for every pair of neighbouring characters, the documents that hold it, and how.

A posting is a document and six flags: whether the pair is in the title or number, whether it begins or ends a word
there, whether it begins or ends one anywhere, and about how often it occurs. Titles are indexed by sound too: each syllable of
pinyin, and each initial letter, stands for a character of its own. templates/site/search reads what is written here.
"""

from __future__ import annotations

import json
import operator
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from liulin_gazette.text.folded_text import folded
from liulin_gazette.text.word_boundaries import inner_places

SEPARATOR = "\n"
"""Stands after every unit and nowhere else; no pair contains it. After a single character it makes the key of that."""
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""Digits of numbers: of a difference each holds five bits, and one of the upper half says that more digits follow."""
END = "|"
"""Ends the postings of a pair; no digit."""
IN_TITLE, WORD_IN_TITLE, BEGINS_WORD, ENDS_WORD = 1, 2, 4, 8
"""Flags of a posting. Two bits above them tell how often the pair occurs: once, up to three, nine, or more times."""
_FREQUENCY = 16
PARTS = 4096
"""Into as many parts pairs are divided; a file holds one part or several."""
FIRST_INITIAL = 0xE000
"""The code of the character that stands for the initial letter a."""
FIRST_SYLLABLE = 0xE100
"""The code of the character that stands for the first of ``SYLLABLES``."""
_SYLLABLES = (
    "a ai an ang ao ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bu ca cai can "
    "cang cao ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan "
    "chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia "
    "dian diao die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou "
    "fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo ha hai han hang "
    "hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing "
    "jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui "
    "kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan "
    "lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai "
    "nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nuo nv nve o ou pa "
    "pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin "
    "qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san "
    "sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan "
    "shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie "
    "ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin "
    "xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan "
    "zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai "
    "zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo"
)
SYLLABLES = tuple(_SYLLABLES.split())
"""Toneless syllables of standard Chinese as typed, ü as v; templates/site/search has the same."""
_NUMBER_OF_SYLLABLE = {syllable: number for number, syllable in enumerate(SYLLABLES)}

Unit = tuple[str, str]
"""An anchor and the text at it."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as the index needs it."""

    units: Sequence[Unit]
    """Its lines; the first is the title."""
    number: str
    """发文字号 or 令号 as in its line; empty where it has none."""
    sounds: str
    """The syllables of the title in pinyin, separated by spaces."""


def block_parts(documents: Iterable[IndexedDocument], words: Container[str]) -> tuple[bytes, ...]:
    """Return the ``PARTS`` parts of the index of ``documents``: texts that can stand in a JSON string.

    A part is one pair after another, each with its postings and ``END``. A posting is the difference of the
    document's place among ``documents`` from the one before (the first from -1), in digits, and a digit of flags.
    ``words`` decide where words begin and end.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    for place, document in enumerate(documents):
        for pair, flags in _flags(document, words):
            postings[pair].append(place * 64 + flags)
    parts: list[list[str]] = [[] for _ in range(PARTS)]
    for pair in sorted(postings):
        parts[part_of(pair)].append(pair + _encoded(postings[pair]) + END)
    return tuple(_in_json("".join(part)) if part else b"" for part in parts)


def part_of(pair: str) -> int:
    """Return the number of the part that holds ``pair``; templates/site/search computes the same."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % PARTS


def encoded_difference(value: int) -> str:
    """Return ``value`` in digits of ``ALPHABET``, the lowest digit first."""
    digits = ""
    while value >= 32:
        digits += ALPHABET[32 + value % 32]
        value //= 32
    return digits + ALPHABET[value]


def number_field(value: int, digits: int) -> str:
    """Return ``value`` in so many ``digits`` of six bits each, the highest first; one too large is the largest."""
    value = min(value, 64**digits - 1)
    return "".join(ALPHABET[value >> 6 * place & 63] for place in reversed(range(digits)))


def _flags(document: IndexedDocument, words: Container[str]) -> Iterator[tuple[str, int]]:
    """Yield each pair and single character of ``document`` with its flags."""
    lines = [folded(text) for _, text in document.units]
    text = "".join(f"{line}{SEPARATOR}" for line in lines)
    begins, ends = _at_edges(text, words)
    title = f"{lines[0] if lines else ''}{SEPARATOR}{folded(document.number)}"
    pairs_of_title = set(map(operator.add, title, title[1:]))
    title_words = set[str]().union(*_at_edges(title, words))
    for pair, count in Counter(map(operator.add, text, text[1:])).items():
        if SEPARATOR not in pair:
            flags = (pair in pairs_of_title) * IN_TITLE + (pair in title_words) * WORD_IN_TITLE
            flags += (pair in begins) * BEGINS_WORD + (pair in ends) * ENDS_WORD
            yield pair, flags + _frequency(count) * _FREQUENCY
    for character, count in Counter(text).items():
        if character.isalnum():
            flags = (character in title) * (IN_TITLE + WORD_IN_TITLE) + BEGINS_WORD + ENDS_WORD
            yield character + SEPARATOR, flags + _frequency(count) * _FREQUENCY
    for key in dict.fromkeys(_sound_keys(document.sounds)):
        yield key, IN_TITLE + WORD_IN_TITLE + BEGINS_WORD + ENDS_WORD


def _at_edges(text: str, words: Container[str]) -> tuple[set[str], set[str]]:
    """Return the pairs of ``text`` that begin a word somewhere, and those that end one."""
    edges = [place for place, is_inner in enumerate(inner_places(text, words)) if not is_inner]
    return {text[place : place + 2] for place in edges}, {
        text[place - 2 : place] for place in edges if place > 1
    }


def _frequency(count: int) -> int:
    return (count > 1) + (count > 3) + (count > 9)


def _sound_keys(sounds: str) -> Iterator[str]:
    """Yield the keys of pairs of syllables, of single ones, and of pairs of initials."""
    numbers = [_NUMBER_OF_SYLLABLE.get(sound) for sound in sounds.split(" ")]
    characters = [SEPARATOR if number is None else chr(FIRST_SYLLABLE + number) for number in numbers]
    initials = [
        SEPARATOR if number is None else chr(FIRST_INITIAL + ord(SYLLABLES[number][0]) - ord("a"))
        for number in numbers
    ]
    for row in (characters, initials):
        for pair in map(operator.add, row, row[1:]):
            if SEPARATOR not in pair:
                yield pair
    yield from (character + SEPARATOR for character in characters if character != SEPARATOR)


def _encoded(postings: Sequence[int]) -> str:
    before = -1
    encoded: list[str] = []
    for posting in postings:
        place = posting >> 6
        difference = place - before
        encoded.append(ALPHABET[difference] if difference < 32 else encoded_difference(difference))
        encoded.append(ALPHABET[posting & 63])
        before = place
    return "".join(encoded)


def _in_json(text: str) -> bytes:
    """Return ``text`` as it stands in a JSON string that is valid in a script too."""
    escaped = json.dumps(text, ensure_ascii=False)[1:-1]
    escaped = escaped.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    try:
        return escaped.encode()
    except UnicodeEncodeError:  # Half of a character beyond the basic plane, written as \ud83d in YAML.
        return json.dumps(text)[1:-1].encode()

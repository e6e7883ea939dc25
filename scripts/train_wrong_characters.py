"""Make the tables of ``liulin_gazette/check/likelihood/data`` anew.

    .venv/bin/python scripts/train_wrong_characters.py STATUTES.txt.xz WORDS.txt FACE.ttc

STATUTES holds texts, each under a line that begins with ``# ``; WORDS a dictionary's word and its frequency on each line;
FACE is a sans-serif face with the characters of 《通用规范汉字表》. Statutes hardly ever say what counties say (县民政局,
现印发给你们): ``training/official-language.txt`` is counted besides, each line ``LINE_WEIGHT`` times, and the dictionary's common words of four
characters. One text in twenty stays out of the counts: the weights are learned
on half of those and measured on the other half. Takes some ten minutes and 3 GB of memory; the same input gives the same
bytes.

    .venv/bin/python scripts/train_wrong_characters.py --documents DOCUMENTS.txt.xz

adds to the table that is there what DOCUMENTS says: reports and documents of governments, in the form of STATUTES, whose
prose is not that of statutes (数智化转型, 还存在不少问题), each line counted ``DOCUMENT_WEIGHT`` times. Takes seconds, and is done
once after the tables are made anew.

    .venv/bin/python scripts/train_wrong_characters.py STATUTES.txt.xz WORDS.txt FACE.ttc --weights-only --sorts 漏字 --held-out REPORTS.txt.xz

learns the weights of one sort anew, from statutes and from parts of some twenty paragraphs of reports that are not counted:
a lost character is told by whether its neighbours stand together somewhere, which statutes alone promise too often.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import lzma
import math
import random
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin.constants import PINYIN_DICT

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from liulin_gazette.check.likelihood import wrong_characters  # noqa: E402 -- after the path is set
from liulin_gazette.check.likelihood.confusable_characters import (  # noqa: E402 -- after the path is set
    NEAR_SOUND,
    SAME_SOUND,
    SHAPE,
    ConfusableCharacters,
    confusable_characters,
)
from liulin_gazette.check.likelihood.ngram_table import (  # noqa: E402 -- after the path is set
    COUNTS,
    FIRST_HAN,
    MOST_TOKENS,
    WORD,
    NgramTable,
    ngram_table,
    packed_table,
    read_table,
    step_of_count,
    word_followers,
)
from liulin_gazette.check.likelihood.phrase_filter import phrase_filter  # noqa: E402 -- likewise
from liulin_gazette.check.likelihood.single_changes import (  # noqa: E402 -- after the path is set
    MISSING,
    SUPERFLUOUS,
    SWAPPED,
    UNLIKE,
    tokens_alike,
)

DATA = ROOT / "liulin_gazette/check/likelihood/data"
GENERAL = ROOT / "liulin_gazette/text/data/general-characters.txt"
HAN = re.compile(r"[\u3400-\u9fff]")
HELD_OUT = 20
"""One text in so many is held out."""
LEAST_COUNT = 2
"""Rarer pairs and triples are left out."""
SIDE = 28
"""Of the pictures of characters that are compared, in pixels."""
LEAST_LIKENESS, MOST_ALIKE = 0.7, 12
"""The least correlation of like shapes, and how many are listed for each character."""
OFFICIAL_LANGUAGE = Path(__file__).parent / "training/official-language.txt"
LINE_WEIGHT, DOCUMENT_WEIGHT, WORD_WEIGHT = 12, 3, 4
"""How often a line of official language, one of a government's document, and a word of four characters, counts."""
LEAST_FREQUENCY = 30
"""Of a word of four characters in the dictionary."""
MISREAD = (
    "人入 日曰 已己 已巳 己巳 土士 未末 末本 干千 干于 天夫 大太 犬大 治冶 拆折 析折 拨拔 候侯 间问 间同 问同 贝见 目自 由田 由甲 甲申 申电 令今 木本 水永 "
    "全金 责贵 管菅 理埋 政玫 府俯 部陪 县具 民氏 工王 王玉 主王 员贝 贷货 设没 处外 用甩 网冈 网同 困因 团困 比此 失矢 究宄 防仿 投役 体休 科料 准淮 住往 "
    "似以 拟似 微徽 晴睛 施旅 项顶 遣遗 推椎 检捡 织识 论沦 市巾 巾币 市布 刀力 力办 九丸 几凡 兔免 免兔 辨辩 辩辫 辨办 戌戍 戊戌 历厉 厂广 广产 "
    "严产 业亚 开井 井并 元无 无天 夭天 夫失 午牛 牛午 生主 主住 仓仑 凤风 风凰 见贝 名各 各备 吉古 古占 占点 合台 台合 含合 向问 后石 右石 石右 左在 "
    "在右 坏环 坏杯 环杯 场扬 块决 决块 快块 地池 他地 如知 妥受 受爱 子于 宇字 字学 安妥 完宗 宜直 直真 且目 具真 审宙 官宫 宣宜 家冢 寸才 才牙 小少 "
    "尺尽 层屋 居届 届屈 岁罗 州洲 师帅 帅帐 帐账 年午 并井 应庆 底低 低纸 延廷 建健 弃弄 引弘 弟第 当肖 录禄 形刑 刑型 彻切 待侍 侍持 律津 得碍 "
    "心必 必心 志忐 思恩 恩息 息忠 性牲 怀坏 总怠 悔侮 情清 清请 请情 惊掠 慢漫 户尸 房旁 所听 手毛 扣和 扫归 扶抚 技枝 抄炒 把肥 抓孤 报服 "
    "拉垃 招召 括话 挂桂 振震 据剧 掌常 排徘 接按 控腔 措借 提堤 揭竭 播番 支友 友支 收牧 改政 放故 效郊 救求 敖教 教救 散敌 数敷 斤斥 斥斤 "
    "旦早 早旱 旱早 时吋 明朋 易昜 是昰 显湿 普晋 景影 暂智 暑署 更史 更吏 史更 曼慢 月用 有冇 服报 朗郎 木术 术木 机杌 杂染 权杈 材村 村材 束東 条务 "
    "来未 极板 枚牧 析拆 果呆 架驾 标际 栏拦 校较 核该 根恨 格洛 桥挢 梁粱 梯悌 棵裸 植殖 楼搂 榜傍 模摸 横黄 次欠 款歉 正止 止正 步歩 武式 式武 岐歧 死列 残栈"
)
"""Pairs that character recognition confuses, whatever their pictures show."""
MISTAKES = 80
"""Put into each text that the weights are learned on."""
STATUTES_PER_DOCUMENT = 3
"""How many statutes that are not counted the weights are learned on for each document that is not."""
LEARNED_TEXTS = 60
"""How many texts the weights are learned on, and as many again on which they are measured."""
OTHER_WORD = wrong_characters.EXCHANGED_WORD
KINDS = {
    SAME_SOUND: 5,
    NEAR_SOUND: 3,
    SHAPE: 4,
    UNLIKE: 4,
    OTHER_WORD: 7,
    SWAPPED: 2,
    MISSING: 6,
    SUPERFLUOUS: 3,
}
"""How often each kind of mistake is put in, roughly as typists make them."""
UNLIKE_CHARACTERS = 2000
"""How many of the commonest characters are typed by mistake for one that is not like them."""
DOUBLED, PARTICLES = 0.7, "的了是一在有和为对"
"""The share of superfluous characters that double their neighbour, and what the others are."""


def texts_of(path: Path) -> tuple[list[str], list[str]]:
    """Return the texts to count and those held out."""
    texts = re.split(r"(?m)^# ", lzma.decompress(path.read_bytes()).decode())[1:]
    is_out = [int(hashlib.sha256(text[:30].encode()).hexdigest(), 16) % HELD_OUT == 0 for text in texts]
    return (
        [text for text, out in zip(texts, is_out, strict=True) if not out],
        [text for text, out in zip(texts, is_out, strict=True) if out],
    )


def words_of(path: Path) -> dict[str, int]:
    """Return the dictionary's words of two and three Han characters, with their frequencies."""
    entries = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return {
        word: int(count) for word, count, *_ in entries if len(word) in (2, 3) and all(map(HAN.match, word))
    }


def characters_of(counts: Mapping[str, int], words: Mapping[str, int]) -> str:
    """Return the characters that get a token, the commonest first."""
    general = set(GENERAL.read_text("utf-8"))
    in_words: Counter[str] = Counter()
    for word, count in words.items():
        in_words.update(dict.fromkeys(word, count))
    counted = sorted(
        (each for each in counts if HAN.match(each) and counts[each] > 1), key=lambda c: (-counts[c], c)
    )
    others = sorted((set(in_words) & general) - set(counted), key=lambda c: (-in_words[c], c))
    return "".join([*counted, *others][: MOST_TOKENS - FIRST_HAN])


def four_character_words(path: Path) -> list[str]:
    """Return the dictionary's common words of four Han characters."""
    entries = (line.split(" ") for line in path.read_text("utf-8").splitlines())
    return [
        word
        for word, count, *_ in entries
        if len(word) == 4 and int(count) >= LEAST_FREQUENCY and all(map(HAN.match, word))
    ]


def counted_table(lines: Iterable[str], words: Mapping[str, int], longer_words: Iterable[str]) -> bytes:
    """Return the table of ``lines`` and of official language, with the dictionary's words marked."""
    lines = sorted(set(lines))
    characters = characters_of(Counter(itertools.chain.from_iterable(lines)), words)
    empty = read_table(packed_table(characters, [0.0] * MOST_TOKENS, [], []))
    singles, pairs, triples = Counter[int](), Counter[int](), Counter[int]()
    official = OFFICIAL_LANGUAGE.read_text("utf-8").splitlines()
    for word in longer_words:
        if all(each in empty.tokens for each in word):
            tokens = empty.encoded(word)[0]
            for first, second in itertools.pairwise(tokens):
                pairs[first << 12 | second] += WORD_WEIGHT
            for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False):
                triples[a << 24 | b << 12 | c] += WORD_WEIGHT
    for line in itertools.chain(lines, *([each] * LINE_WEIGHT for each in official)):
        tokens = [0, 0, *empty.encoded(line)[0], 0, 0]
        singles.update(tokens)
        pairs.update(first << 12 | second for first, second in itertools.pairwise(tokens))
        triples.update(a << 24 | b << 12 | c for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False))
    known: dict[int, set[int]] = {2: set(), 3: set()}
    for word in words:
        if all(each in empty.tokens for each in word):
            key = 0
            for each in word:
                key = key << 12 | empty.tokens[each]
            known[len(word)].add(key)

    def entries(counts: Mapping[int, int], marked: set[int]) -> Iterator[tuple[int, int]]:
        keys = {key for key, count in counts.items() if count >= LEAST_COUNT} | marked
        for key in sorted(keys):
            yield key, step_of_count(counts.get(key, 0)) << 1 | (key in marked)

    return packed_table(
        characters,
        [float(singles[token]) for token in range(MOST_TOKENS)],
        [key << 8 | rest for key, rest in entries(pairs, known[2])],
        [(key >> 24, (key & 0xFFFFFF) << 8 | rest) for key, rest in entries(triples, known[3])],
    )


def with_documents(table: NgramTable, lines: Iterable[str]) -> bytes:
    """Return ``table`` with the counts of ``lines`` added, each ``DOCUMENT_WEIGHT`` times."""
    singles, pairs, triples = Counter[int](), Counter[int](), Counter[int]()
    for line in sorted(set(lines)):
        tokens = [0, 0, *table.encoded(line)[0], 0, 0]
        singles.update(tokens)
        pairs.update(first << 12 | second for first, second in itertools.pairwise(tokens))
        triples.update(a << 24 | b << 12 | c for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False))
    of_triples = (
        (first, table.triples[index])
        for first in range(MOST_TOKENS)
        for index in range(table.starts[first], table.starts[first + 1])
    )

    def added(entries: Iterable[tuple[int, int]], counts: Mapping[int, int]) -> Iterator[tuple[int, int]]:
        values = dict(entries)
        for key in sorted(values.keys() | counts.keys()):
            value = values.get(key, 0)
            count = COUNTS[value] + DOCUMENT_WEIGHT * counts.get(key, 0)
            yield key, step_of_count(count) << 1 | value & WORD

    return packed_table(
        table.characters,
        [table.singles[token] + DOCUMENT_WEIGHT * singles[token] for token in range(MOST_TOKENS)],
        [key << 8 | value for key, value in added(((each >> 8, each & 255) for each in table.pairs), pairs)],
        [
            (key >> 24, (key & 0xFFFFFF) << 8 | value)
            for key, value in added(((a << 24 | each >> 8, each & 255) for a, each in of_triples), triples)
        ],
    )


def readings(character: str) -> list[str]:
    """Return the toneless readings of ``character``, ü written v."""
    spelled = PINYIN_DICT.get(ord(character), "").split(",")
    bare = (
        "".join(c for c in unicodedata.normalize("NFD", each) if not unicodedata.combining(c) or c == "̈")
        for each in spelled
    )
    return list(dict.fromkeys(each.replace("ü", "v") for each in bare if each))


def picture(character: str, face: ImageFont.FreeTypeFont) -> int:
    """Return the ink of ``character``, blurred, as a number with a bit for each pixel that is darker than the mean."""
    image = Image.new("L", (2 * SIDE, 2 * SIDE))
    ImageDraw.Draw(image).text((4, -8), character, font=face, fill=255)
    pixels = (
        image.filter(ImageFilter.GaussianBlur(2)).resize((SIDE, SIDE), Image.Resampling.BILINEAR).tobytes()
    )
    mean = sum(pixels) / len(pixels)
    return sum(1 << index for index, pixel in enumerate(pixels) if pixel > mean)


def likeness(one: int, other: int) -> float:
    """Return how much two pictures agree: the correlation of their pixels."""
    size, first, second = SIDE * SIDE, one.bit_count(), other.bit_count()
    spread = math.sqrt(first * (size - first) * second * (size - second))
    return (size * (one & other).bit_count() - first * second) / spread


def shapes_of(characters: str, face: ImageFont.FreeTypeFont) -> dict[str, str]:
    """Return the characters that look like each of ``characters``, or are misread for it, the likest first."""
    ink = {character: picture(character, face) for character in characters}
    alike: dict[str, list[tuple[float, str]]] = {character: [] for character in characters}
    for one, other in itertools.combinations(characters, 2):
        agreement = likeness(ink[one], ink[other])
        if agreement >= LEAST_LIKENESS:
            alike[one].append((-agreement, other))
            alike[other].append((-agreement, one))
    chosen = {one: [other for _, other in sorted(each)[:MOST_ALIKE]] for one, each in alike.items()}
    for one, other in (pair for pair in MISREAD.split() if set(pair) <= ink.keys()):
        chosen[one].insert(0, other)
    both_ways = {one: dict.fromkeys(each) for one, each in chosen.items()}
    for one, others in chosen.items():
        for other in others:
            both_ways[other].setdefault(one)
    return {one: "".join(others) for one, others in both_ways.items()}


def running_lines(text: str) -> list[str]:
    """Return the lines of ``text`` that are long enough to be judged."""
    return [line.strip() for line in text.split("\n") if len(line.strip()) >= 8]


def mistake(
    line: str, chance: random.Random, confusable: ConfusableCharacters, table: NgramTable
) -> tuple[str, int] | None:
    """Return ``line`` with one mistake and its place; None where none can be made at the place that chance took."""
    at = chance.randrange(len(line))
    (kind,) = chance.choices(list(KINDS), list(KINDS.values()))
    if line[at] not in table.tokens:
        return None
    if kind == SWAPPED:
        if at + 1 == len(line) or line[at + 1] not in table.tokens or line[at] == line[at + 1]:
            return None
        return line[:at] + line[at + 1] + line[at] + line[at + 2 :], at
    if kind == MISSING:
        return line[:at] + line[at + 1 :], at
    if kind == OTHER_WORD:
        return other_word(line, at, chance, confusable, table)
    if kind == UNLIKE:
        unlike = chance.choices(table.characters[:UNLIKE_CHARACTERS])[0]
        return (line[:at] + unlike + line[at + 1 :], at) if unlike != line[at] else None
    if kind == SUPERFLUOUS:
        more = line[at] if chance.random() < DOUBLED else chance.choice(PARTICLES)
        return line[: at + 1] + more + line[at + 1 :], at
    pool = [
        each
        for each, likeness in confusable.of(line[at])
        if likeness == kind and table.singles[table.tokens.get(each, 0)] > 50
    ]
    pool = [each for each in pool if each in table.tokens]
    if not pool:
        return None
    likely = chance.choices(pool, [table.singles[table.tokens[each]] ** 0.5 for each in pool])[0]
    return line[:at] + likely + line[at + 1 :], at


def other_word(
    line: str, at: int, chance: random.Random, confusable: ConfusableCharacters, table: NgramTable
) -> tuple[str, int] | None:
    """Return ``line`` with the word at ``at`` replaced by one of the same or of a near sound; None if there is none."""
    if at + 1 == len(line) or line[at + 1] not in table.tokens:
        return None
    first, second = table.tokens[line[at]], table.tokens[line[at + 1]]
    if second not in word_followers(table, first):
        return None
    ones, others = (
        {token: SAME_SOUND} | {each: how for each, (_, how) in alike.items() if how != SHAPE}
        for token, alike in (
            (each, tokens_alike(table, confusable, table.character(each))) for each in (first, second)
        )
    )
    words = sorted(
        (one, other)
        for one in ones
        for other in word_followers(table, one) & others.keys()
        if (one, other) != (first, second) and {ones[one], others[other]} != {NEAR_SOUND}
    )
    if not words:
        return None
    one, other = chance.choices(words, [COUNTS[table.pair(*word)] ** 0.5 + 1 for word in words])[0]
    return line[:at] + table.character(one) + table.character(other) + line[at + 2 :], at


Example = tuple[str, tuple[float, ...], bool]
"""The sort of a change, its features, and whether it amends a mistake."""


def examples(text: str, chance: random.Random, model: wrong_characters.Model) -> tuple[list[Example], int]:
    """Return the candidates in ``text`` as it is and around mistakes put in, and how many were put in."""
    lines = running_lines(text)
    memory = wrong_characters.pairs_of_characters(lines)
    found: list[Example] = [
        (wrong_characters.sort_of(candidate.likeness, candidate.likely), candidate.features, False)
        for line in lines
        for candidate in wrong_characters.candidates(line, memory, model)
    ]
    put_in = 0
    for _ in range(MISTAKES):
        line = chance.choice(list(filter(None, re.split("(?<=[。；])", chance.choice(lines)))))
        changed = mistake(line, chance, model.confusable, model.table)
        if changed is None:
            continue
        put_in += 1
        wrong, at = changed
        around = {wrong[start : start + 2]: 1 for start in range(max(0, at - 1), at + 2)}
        with_wrong = {pair: memory.get(pair, 0) + around.get(pair, 0) for pair in (*memory, *around)}
        for candidate in wrong_characters.candidates(wrong, with_wrong, model):
            end = candidate.offset + len(candidate.present)
            if wrong[: candidate.offset] + candidate.likely + wrong[end:] == line:
                found.append(
                    (wrong_characters.sort_of(candidate.likeness, candidate.likely), candidate.features, True)
                )
    return found, put_in


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return x with ``matrix`` x = ``right`` (Gauss, largest pivots)."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for row in range(size):
            if row != column:
                factor = rows[row][column] / rows[column][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [rows[index][size] / rows[index][index] for index in range(size)]


LEAST_LINES = 20
"""Of a text that the weights are learned on."""


def learned(data: Sequence[Example], false_weight: float = 4.0) -> list[float]:
    """Return the weights of a logistic regression (Newton's method, ridge 0.5); a false alarm costs ``false_weight``."""
    size = len(data[0][1]) + 1
    weights = [0.0] * size
    for _ in range(25):
        gradient = [-0.5 * weight for weight in weights]
        hessian = [[0.5 * (row == column) for column in range(size)] for row in range(size)]
        for _, features, is_wrong in data:
            values = (*features, 1.0)
            odds = sum(weight * value for weight, value in zip(weights, values, strict=True))
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
            cost = 1.0 if is_wrong else false_weight
            slope, curve = cost * (is_wrong - chance), cost * chance * (1 - chance)
            for row, value in enumerate(values):
                gradient[row] += slope * value
                for column in range(row + 1):
                    hessian[row][column] += curve * value * values[column]
        for row in range(size):
            for column in range(row + 1, size):
                hessian[row][column] = hessian[column][row]
        step = solved(hessian, gradient)
        weights = [a + b for a, b in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return weights


def report(
    data: Sequence[Example], put_in: int, characters: int, weights: Mapping[str, Sequence[float]]
) -> None:
    """Print what is found and what is false at several thresholds."""
    odds = [
        (sort, sum(w * v for w, v in zip(weights[sort], (*each, 1.0), strict=True)), wrong)
        for sort, each, wrong in data
        if sort in weights
    ]
    for threshold in range(7):
        found = sum(1 for _, value, wrong in odds if wrong and value >= threshold)
        false = Counter(sort for sort, value, wrong in odds if not wrong and value >= threshold)
        of_sorts = ", ".join(f"{sort} {false[sort] / characters * 50_000:.2f}" for sort in weights)
        print(f"{threshold}: {found / put_in:.1%} found; false in 50,000 characters: {of_sorts}")


def learn_weights(held_out: Sequence[str], sorts: Sequence[str]) -> None:
    """Write the weights of ``sorts`` learned on half of the texts ``held_out``, and print what both halves show.

    Those of other sorts stay as they are.
    """
    model = wrong_characters.Model(ngram_table(), phrase_filter(), confusable_characters(), {})
    chance = random.Random(20260228)
    long_enough = [text for text in held_out if len(running_lines(text)) > LEAST_LINES]
    half = min(len(long_enough) // 2, LEARNED_TEXTS)
    sets: list[tuple[list[Example], int, int]] = []
    for texts in (long_enough[:half], long_enough[half : 2 * half]):
        found = [examples(text, chance, model) for text in texts]
        size = sum(len(line) for text in texts for line in running_lines(text))
        sets.append(([each for some, _ in found for each in some], sum(put_in for _, put_in in found), size))
    weights = {sort: learned([each for each in sets[0][0] if each[0] == sort]) for sort in sorts}
    names = (*wrong_characters.FEATURES, "constant")
    named = {
        sort: {name: round(weight, 4) for name, weight in zip(names, each, strict=True)}
        for sort, each in weights.items()
    }
    if set(sorts) != set(wrong_characters.SORTS):
        kept: dict[str, dict[str, float]] = json.loads((DATA / "weights.json").read_text("utf-8"))
        named = {sort: named.get(sort) or kept[sort] for sort in wrong_characters.SORTS}
    text = json.dumps(named, indent=2, ensure_ascii=False) + "\n"
    (DATA / "weights.json").write_text(text, "utf-8", newline="\n")
    for data, put_in, size in sets:
        report(data, put_in, size, weights)


def main() -> None:
    """Make the tables, then the weights."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("statutes", type=Path, nargs="?")
    parser.add_argument("words", type=Path, nargs="?")
    parser.add_argument("face", type=Path, nargs="?")
    parser.add_argument("--documents", type=Path, help="add their counts to the table that is there")
    parser.add_argument("--weights-only", action="store_true", help="the other tables stay as they are")
    parser.add_argument(
        "--sorts", nargs="+", choices=wrong_characters.SORTS, default=wrong_characters.SORTS,
        help="whose weights are learned; those of the others stay as they are",
    )  # fmt: skip
    parser.add_argument("--held-out", type=Path, help="more texts that are not counted, to learn weights on")
    arguments = parser.parse_args()
    if arguments.documents:
        texts = re.split(r"(?m)^# ", lzma.decompress(arguments.documents.read_bytes()).decode())[1:]
        lines = (line for text in texts for line in running_lines(text))
        (DATA / "ngrams.bin").write_bytes(with_documents(ngram_table(), lines))
        return
    if None in (arguments.statutes, arguments.words, arguments.face):
        parser.error("STATUTES, WORDS and FACE, or --documents")
    counted, held_out = texts_of(arguments.statutes)
    if not arguments.weights_only:
        lines = (line for text in counted for line in running_lines(text))
        (DATA / "ngrams.bin").write_bytes(
            counted_table(lines, words_of(arguments.words), four_character_words(arguments.words))
        )
        table = ngram_table()
        common = "".join(each for each, token in table.tokens.items() if table.singles[token] >= 30)
        shapes = shapes_of(common, ImageFont.truetype(str(arguments.face), 48))
        rows = (f"{each}\t{' '.join(readings(each))}\t{shapes.get(each, '')}\n" for each in table.tokens)
        (DATA / "confusable-characters.txt").write_text("".join(rows), "utf-8", newline="\n")
    if arguments.held_out:
        more = re.split(r"(?m)^# ", lzma.decompress(arguments.held_out.read_bytes()).decode())[1:]
        held_out = held_out[: STATUTES_PER_DOCUMENT * len(more)] + more
        random.Random(20261127).shuffle(held_out)
    learn_weights(held_out, arguments.sorts)


if __name__ == "__main__":
    main()

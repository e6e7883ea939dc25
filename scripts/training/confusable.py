"""Which characters are taken for each other: how they sound, and how they look."""

from __future__ import annotations

import itertools
import math
import unicodedata

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin.constants import PINYIN_DICT

SIDE = 28
"""Of the pictures of characters that are compared, in pixels."""
LEAST_LIKENESS, MOST_ALIKE = 0.7, 12
"""The least correlation of like shapes, and how many are listed for each character."""
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

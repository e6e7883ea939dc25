/* The toolbar: what the dialect has, written at the cursor. */
"use strict";
(function () {
  const NUMERALS = "〇一二三四五六七八九";
  const LEVELS = {
    level1: { hashes: "##", typed: /^[一二三四五六七八九十]{1,4}、/, shown: (number) => numeral(number) + "、" },
    level2: { hashes: "###", typed: /^[（(][一二三四五六七八九十]{1,4}[）)]/, shown: (number) => "（" + numeral(number) + "）" },
    level3: { hashes: "####", typed: /^\d{1,3}[.．]/, shown: (number) => number + "." },
    level4: { hashes: "#####", typed: /^[（(]\d{1,3}[）)]/, shown: (number) => "（" + number + "）" },
  };
  const BLOCKS = {
    annex: ["::: 附件 ", "附件的标题", "\n\n附件的正文\n\n:::"],
    people: ["::: 名单\n", "职务 | 姓名 | 单位和职务", "\n:::"],
    table: ["", "| 序号 | 名称 | 数量 |\n| :-: | --- | --- |\n| 1 |  |  |\n| 2 |  |  |", ""],
    note: ["::: 注\n", "说明：", "\n:::"],
    signature: ["::: 落款\n:::", "", ""],
  };

  function numeral(number) {
    const tens = Math.floor(number / 10);
    return (tens > 1 ? NUMERALS[tens] : "") + (tens ? "十" : "") + (number % 10 ? NUMERALS[number % 10] : "");
  }

  /* Writes text in place of a part of the area so that Ctrl+Z takes it back. */
  function put(area, start, end, text) {
    area.focus();
    area.setSelectionRange(start, end);
    const isPut = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
    if (!isPut) {
      area.setRangeText(text, start, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /* Writes a whole new text, of which only the part that differs is touched. */
  function replaceAll(area, text) {
    const old = area.value;
    const least = Math.min(old.length, text.length);
    let start = 0;
    while (start < least && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < least - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
    if (old !== text) put(area, start, old.length - end, text.slice(start, text.length - end));
  }

  /* Makes the line at the cursor a heading of the level, numbered after the one before it. */
  function heading(area, level) {
    const at = area.selectionStart;
    const start = area.value.lastIndexOf("\n", at - 1) + 1;
    const stop = area.value.indexOf("\n", at) < 0 ? area.value.length : area.value.indexOf("\n", at);
    const words = area.value.slice(start, stop).replace(/^#{1,6}\s*/, "");
    let number = 1;
    area.value.slice(0, start).split("\n").forEach((line) => {
      const found = /^(#{1,6})\s/.exec(line);
      if (!found) return;
      if (found[1] === level.hashes) number += 1;
      else if (found[1].length < level.hashes.length) number = 1;
    });
    const text = level.typed.test(words) ? words : level.shown(number) + words;
    put(area, start, stop, level.hashes + " " + text);
  }

  /* Writes a block of its own, blank lines around it; the part that is to be typed over is selected. */
  function block(area, parts) {
    const before = area.value.slice(0, area.selectionStart);
    const after = area.value.slice(area.selectionEnd);
    const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
    const above = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const below = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    const inner = parts[1] && chosen ? chosen : parts[1];
    put(area, area.selectionStart, area.selectionEnd, above + parts[0] + inner + parts[2] + below);
    const start = before.length + above.length + parts[0].length;
    area.setSelectionRange(start, start + inner.length);
  }

  function mark(area, name) {
    const start = area.selectionStart;
    const chosen = area.value.slice(start, area.selectionEnd) || "字";
    put(area, start, area.selectionEnd, "[" + name + ":" + chosen + "]");
    area.setSelectionRange(start + name.length + 2, start + name.length + 2 + chosen.length);
  }

  /* Writes a picture as a paragraph of its own; what it shows is to be typed over. */
  function picture(area, name) {
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
    block(area, ["![", "图的内容说明", "](" + name + ' "图题")']);
  }

  function footnote(area) {
    let number = 1;
    while (area.value.includes("[^" + number + "]")) number += 1;
    const at = area.selectionEnd;
    const stop = area.value.indexOf("\n", at) < 0 ? area.value.length : area.value.indexOf("\n", at);
    put(area, stop, stop, "\n\n[^" + number + "]: 注文\n");
    put(area, at, at, "[^" + number + "]");
  }

  function use(area, tool) {
    if (LEVELS[tool]) heading(area, LEVELS[tool]);
    else if (BLOCKS[tool]) block(area, BLOCKS[tool]);
    else if (tool === "raised") mark(area, "上");
    else if (tool === "lowered") mark(area, "下");
    else footnote(area);
  }

  window.deskTools = { use, put, replaceAll, picture };
}());

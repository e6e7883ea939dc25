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
  /* Of each block: what stands before, in and after the part that is to be typed over. Lines that are chosen become its text. */
  const BLOCKS = {
    annex: (chosen) => ["::: 附件 ", "附件的标题", "\n\n" + (chosen || "附件的正文") + "\n\n:::"],
    people: (chosen) => ["::: 名单\n", chosen || "职务 | 姓名 | 单位和职务", "\n:::"],
    table: () => ["", "| 序号 | 名称 | 数量 |\n| :-: | --- | --- |\n| 1 |  |  |\n| 2 |  |  |", ""],
    note: (chosen) => ["::: 注\n", chosen || "说明：", "\n:::"],
    signature: () => ["::: 落款\n:::", "", ""],
  };
  const HOLDING = ["annex", "people", "note"];

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
    const [start, end] = window.desk.sameEnds(old, text);
    if (old !== text) put(area, start, old.length - end, text.slice(start, text.length - end));
  }

  function lineEnd(text, at) {
    return at + text.slice(at).split("\n", 1)[0].length;
  }

  /* Makes the line at the cursor a heading of the level, numbered after the one before it. */
  function heading(area, level) {
    const at = area.selectionStart;
    const start = area.value.lastIndexOf("\n", at - 1) + 1;
    const stop = lineEnd(area.value, at);
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

  /* Returns where the lines that are chosen, or that of the cursor, begin and end. */
  function linesOf(area) {
    const text = area.value;
    const isChosen = area.selectionStart < area.selectionEnd;
    const last = isChosen && text[area.selectionEnd - 1] === "\n" ? area.selectionEnd - 1 : area.selectionEnd;
    const start = text.lastIndexOf("\n", area.selectionStart - 1) + 1;
    return [start, lineEnd(text, last)];
  }

  /* Writes a block of its own, blank lines around it, in place of a part of the text; the part that is to be typed over is selected. */
  function block(area, parts, start, stop) {
    const before = area.value.slice(0, start);
    const after = area.value.slice(stop);
    const above = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const below = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
    put(area, start, stop, above + parts.join("") + below);
    const typed = start + above.length + parts[0].length;
    area.setSelectionRange(typed, typed + parts[1].length);
  }

  /* Writes a block after the line of the cursor: of the text nothing is replaced, and no line is broken. */
  function blockBelow(area, parts) {
    const [start, stop] = linesOf(area);
    block(area, parts, area.value.slice(start, stop).trim() ? stop : start, stop);
  }

  /* Writes a block around the lines that are chosen; where none are, one with words of its own after the line of the cursor. */
  function holding(area, parts) {
    const [start, stop] = linesOf(area);
    const chosen = area.selectionStart < area.selectionEnd ? area.value.slice(start, stop) : "";
    if (chosen.trim()) block(area, parts(chosen), start, stop);
    else blockBelow(area, parts(""));
  }

  function mark(area, name) {
    const start = area.selectionStart;
    const chosen = area.value.slice(start, area.selectionEnd) || "字";
    put(area, start, area.selectionEnd, "[" + name + ":" + chosen + "]");
    area.setSelectionRange(start + name.length + 2, start + name.length + 2 + chosen.length);
  }

  /* Writes a picture as a paragraph of its own; what it shows is to be typed over. */
  function picture(area, name) {
    blockBelow(area, ["![", "图的内容说明", "](" + name + ' "图题")']);
  }

  /* Writes a pasted table in place of the text that is chosen, or after the line of the cursor; the cursor stands after it. */
  function table(area, lines) {
    if (area.selectionStart < area.selectionEnd) block(area, ["", lines, ""], area.selectionStart, area.selectionEnd);
    else blockBelow(area, ["", lines, ""]);
    area.setSelectionRange(area.selectionEnd, area.selectionEnd);
  }

  function footnote(area) {
    let number = 1;
    while (area.value.includes("[^" + number + "]")) number += 1;
    const at = area.selectionEnd;
    const stop = lineEnd(area.value, at);
    put(area, stop, stop, "\n\n[^" + number + "]: 注文\n");
    put(area, at, at, "[^" + number + "]");
  }

  function use(area, tool) {
    if (LEVELS[tool]) heading(area, LEVELS[tool]);
    else if (HOLDING.includes(tool)) holding(area, BLOCKS[tool]);
    else if (BLOCKS[tool]) blockBelow(area, BLOCKS[tool]());
    else if (tool === "raised") mark(area, "上");
    else if (tool === "lowered") mark(area, "下");
    else footnote(area);
  }

  window.deskTools = { use, put, replaceAll, picture, table };
}());

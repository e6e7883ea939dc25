/* The findings one after another: which field of the form each is about, and the keys that lead from one to the next. */
"use strict";
(function () {
  const form = document.getElementById("document");
  const list = document.getElementById("findings");
  const place = document.getElementById("finding-place");
  let findings = [];
  let at = -1; /* Of the finding that was gone to last; of the one after it, where it has been dealt with. */
  let isDone = false;
  let go = () => {};
  let drawList = () => {};

  function isWritten(part) {
    return Array.from(part.matches("input, select") ? [part] : part.querySelectorAll("input")).some((each) => each.value.trim());
  }

  function fieldOf(finding) {
    return Array.from(form.querySelectorAll("[data-key]")).find((each) => each.dataset.key === finding.field);
  }

  /* Returns the part of a field with a number: only lines and rows in which something is written are in the file. */
  function numbered(parts, number) {
    return parts.filter(isWritten)[number] || parts.find((each) => !isWritten(each)) || parts[0];
  }

  /* Returns the input that a finding is about; the text of the whole head, or nothing, where there is none. */
  function inputOf(finding) {
    const field = fieldOf(finding);
    if (!field) return document.getElementById("head");
    const rows = Array.from(field.querySelectorAll(".row"));
    if (!rows.length) return numbered(Array.from(field.querySelectorAll("input, select")), finding.number);
    const inputs = Array.from(numbered(rows, finding.number).querySelectorAll("input"));
    return inputs.find((each) => finding.name && each.name.endsWith(":" + finding.name)) || inputs.find((each) => !each.value) || inputs[0];
  }

  /* Returns the words for the line, the row and the name that a finding is about within its field; often there are none. */
  function partOf(finding) {
    const field = fieldOf(finding);
    const rows = field ? Array.from(field.querySelectorAll(".row")) : [];
    const input = field && inputOf(finding);
    const parts = rows.length ? rows : field ? Array.from(field.querySelectorAll("input")) : [];
    const index = parts.findIndex((each) => each.contains(input));
    const isOneOfSeveral = parts.length > 1 && isWritten(parts[index]);
    return [isOneOfSeveral ? "第 " + (index + 1) + " 行" : "", finding.name].filter(Boolean).join("的");
  }

  /* Returns the words for where a finding is. */
  function placeOf(finding) {
    if (finding.row >= 0) return "正文第 " + (finding.row + 1) + " 行";
    if (!finding.field) return "文首信息";
    const part = partOf(finding);
    return "文首信息：" + finding.field + (part ? (part.startsWith("第") ? "" : "的") + part : "");
  }

  function isSame(one, other) {
    return ["code", "message", "row", "start", "field", "number", "name"].every((key) => one[key] === other[key]);
  }

  /* Says which finding it is, of how many, and marks it in the list. */
  function tell() {
    const isAtOne = at >= 0 && !isDone;
    const all = findings.length;
    Array.from(list.children).forEach((each, index) => {
      if (isAtOne && index === at && list.children.length === all) each.setAttribute("aria-current", "true");
      else each.removeAttribute("aria-current");
    });
    const words = document.createElement("span");
    words.className = "visually-hidden";
    if (isAtOne) words.textContent = "：" + placeOf(findings[at]) + "，" + findings[at].message;
    place.replaceChildren(!all ? "没有问题" : isAtOne ? "第 " + (at + 1) + " 处，共 " + all + " 处" : "共 " + all + " 处", words);
  }

  /* Follows the findings as they are now. */
  function show(next) {
    const last = findings[at];
    if (last && !isDone) {
      const index = next.findIndex((each) => isSame(each, last));
      isDone = index < 0;
      if (!isDone) at = index;
    }
    findings = next;
    tell();
  }

  function visit(finding) {
    at = findings.findIndex((each) => isSame(each, finding));
    isDone = false;
    go(finding);
    tell();
    const shown = list.querySelector("[aria-current]");
    if (shown) shown.parentElement.parentElement.scrollTop = shown.offsetTop - shown.parentElement.offsetTop;
  }

  function step(way) {
    const all = findings.length;
    if (!all) return tell();
    const from = at < 0 ? (way > 0 ? -1 : all) : isDone && way > 0 ? at - 1 : at;
    return visit(findings[(from + way + all) % all]);
  }

  /* Brings the keyboard to the first button that does something about the finding: in the list of the findings as they are now. */
  function act() {
    if (!findings.length) return;
    if (at < 0 || isDone) step(1);
    document.getElementById("tab-findings").click();
    drawList();
    const buttons = Array.from(list.children[at].querySelectorAll(".finding-acts button, .finding-acts a"));
    (buttons[1] || buttons[0]).focus();
  }

  document.getElementById("finding-back").addEventListener("click", () => step(-1));
  document.getElementById("finding-next").addEventListener("click", () => step(1));
  document.addEventListener("keydown", (event) => {
    if (!["F8", "F9"].includes(event.key) || event.ctrlKey || event.altKey || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (event.key === "F9") act();
    else step(event.shiftKey ? -1 : 1);
  });
  document.getElementById("finding-steps").hidden = false;
  window.deskFindings = { inputOf, partOf, placeOf, show, visit, mark: tell, leadTo: (how, draw) => { go = how; drawList = draw; } };
}());

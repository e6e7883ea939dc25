/* Searches in a page of the manual: every place with the words is marked, and Enter leads from one to the next. */
"use strict";
(function () {
  const MOST = 1000; /* Places that are marked. */
  const form = document.getElementById("manual-find");
  const words = document.getElementById("manual-words");
  const text = document.getElementById("manual-text");
  const place = document.getElementById("manual-place");
  let marks = [];
  let at = -1;

  function clear() {
    marks.forEach((mark) => mark.replaceWith(...mark.childNodes));
    text.normalize();
    marks = [];
    at = -1;
  }

  /* Marks the places in one piece of text, and returns the marks. */
  function markedIn(node, wanted) {
    const found = [];
    let rest = node;
    let start = rest.data.toLowerCase().indexOf(wanted);
    while (start >= 0 && marks.length + found.length < MOST) {
      const hit = rest.splitText(start);
      rest = hit.splitText(wanted.length);
      const mark = document.createElement("mark");
      hit.replaceWith(mark);
      mark.append(hit);
      found.push(mark);
      start = rest.data.toLowerCase().indexOf(wanted);
    }
    return found;
  }

  function find() {
    clear();
    const wanted = words.value.trim().toLowerCase();
    const nodes = [];
    if (wanted) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode);
    }
    nodes.forEach((node) => (marks = marks.concat(markedIn(node, wanted))));
    if (marks.length) show(0);
    else place.textContent = wanted ? "没有找到" : "";
  }

  function show(index) {
    if (!marks.length) return;
    if (marks[at]) marks[at].removeAttribute("aria-current");
    at = (index + marks.length) % marks.length;
    marks[at].setAttribute("aria-current", "true");
    marks[at].scrollIntoView({ block: "center" });
    place.textContent = "第 " + (at + 1) + " 处，共 " + marks.length + " 处";
  }

  words.addEventListener("input", (event) => {
    if (!event.isComposing) find();
  });
  words.addEventListener("compositionend", find);
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    show(at - 1);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(at + 1);
  });
  document.getElementById("manual-back").addEventListener("click", () => show(at - 1));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input")) return;
    event.preventDefault();
    words.focus();
  });
  form.hidden = false;
}());

/* Searches in a page of the manual: every place with the words is marked, and Enter leads from one to the next. */
"use strict";
(function () {
  const MOST = 1000; /* Places that are marked. */
  const form = document.getElementById("manual-find");
  const words = document.getElementById("manual-words");
  const text = document.getElementById("manual-text");
  const place = document.getElementById("manual-place");
  const BLOCKS = "p, li, td, th, dt, dd, h1, h2, h3, h4, h5, h6, pre, blockquote, tr, table, ul, ol, article";
  let places = []; /* Of the words, each with its marks: more than one where bold type, code or a link begins or ends within. */
  let at = -1;

  function clear() {
    places.forEach((marks) => marks.forEach((mark) => mark.replaceWith(...mark.childNodes)));
    text.normalize();
    places = [];
    at = -1;
  }

  /* Returns the pieces of text, those that follow one another in one block together. */
  function runs() {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    const found = [];
    let last = null;
    while (walker.nextNode()) {
      const block = walker.currentNode.parentElement.closest(BLOCKS);
      if (block === last) found[found.length - 1].push(walker.currentNode);
      else found.push([walker.currentNode]);
      last = block;
    }
    return found;
  }

  /* Marks characters of a piece of text, which keeps those before them. */
  function marked(node, start, end) {
    node.splitText(end);
    const part = node.splitText(start);
    const mark = document.createElement("mark");
    part.replaceWith(mark);
    mark.append(part);
    return mark;
  }

  /* Marks the words in pieces of text that follow one another, from the last place to the first, and returns the places in order. */
  function markedIn(nodes, pattern) {
    const starts = [];
    let length = 0;
    nodes.forEach((node) => {
      starts.push(length);
      length += node.data.length;
    });
    const ends = nodes.map((node, index) => starts[index] + node.data.length);
    const hits = Array.from(nodes.map((node) => node.data).join("").matchAll(pattern)).slice(0, MOST - places.length);
    return hits.reverse().map((hit) => {
      const end = hit.index + hit[0].length;
      const marks = nodes.map((node, index) => {
        const [from, to] = [Math.max(hit.index, starts[index]), Math.min(end, ends[index])];
        return from < to ? marked(node, from - starts[index], to - starts[index]) : null;
      });
      return marks.filter(Boolean);
    }).reverse();
  }

  function find() {
    clear();
    const wanted = words.value.trim();
    const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"), "giu");
    if (wanted) runs().forEach((nodes) => (places = places.concat(markedIn(nodes, pattern))));
    if (places.length) show(0);
    else place.textContent = wanted ? "没有找到" : "";
  }

  function show(index) {
    if (!places.length) return;
    if (places[at]) places[at].forEach((mark) => mark.removeAttribute("aria-current"));
    at = (index + places.length) % places.length;
    places[at].forEach((mark) => mark.setAttribute("aria-current", "true"));
    places[at][0].scrollIntoView({ block: "center" });
    place.textContent = "第 " + (at + 1) + " 处，共 " + places.length + " 处";
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

/* Reading aloud, one sentence after another: pause, go on, stop, speed, and the place marked on the page. */
"use strict";
(function () {
  const bar = document.getElementById("reading");
  const button = document.getElementById("read-aloud");
  const body = document.querySelector("article.document .body");
  if (!bar || !button || !body) return;
  if (!("speechSynthesis" in window)) { button.hidden = true; return; }

  const stopButton = document.getElementById("read-stop");
  const speed = document.getElementById("read-speed");
  const status = document.getElementById("read-status");
  const PARTS = "p, h2, h3, h4, h5, h6, li, tr, caption, figcaption";
  /* What is on the page but no part of what is read: marks of footnotes, notes of later corrections, spaces of forms. */
  const SILENT = ".footnote-mark, .footnote-back, .correction-note, .placing";
  /* A voice that comes over the network breaks off after a quarter of a minute. */
  const LONGEST = 120;
  const highlights = typeof Highlight === "function" && window.CSS && CSS.highlights ? CSS.highlights : null;

  let sentences = [];
  let at = 0;
  let state = "idle";
  let run = 0;

  /* The text of a part with the nodes that it comes from; the cells of a row and the lines of a cell are apart. */
  function textOf(part) {
    const pieces = [];
    let text = "";
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (node.nodeType === Node.ELEMENT_NODE && node.matches(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        pieces.push({ node, from: text.length });
        text += node.data;
      } else if (text && node.matches("br, td, th")) text += "\n";
    }
    return { part, text, pieces };
  }

  /* Adds the sentences of a text, with the offsets at which each begins and ends. */
  function split({ part, text, pieces }, into) {
    const ends = /[。！？；…\n]+[”’」』）》]*/g;
    const add = (from, to) => {
      const words = text.slice(from, to);
      if (/[\p{L}\p{N}]/u.test(words)) into.push({ part, pieces, from, to, words: words.trim() });
    };
    const addShort = (from, to) => {
      let start = from;
      while (to - start > LONGEST) {
        const pause = Math.max(text.lastIndexOf("，", start + LONGEST), text.lastIndexOf("、", start + LONGEST), text.lastIndexOf("：", start + LONGEST));
        const cut = pause > start ? pause + 1 : start + LONGEST;
        add(start, cut);
        start = cut;
      }
      add(start, to);
    };
    let from = 0;
    for (let end = ends.exec(text); end; end = ends.exec(text)) {
      addShort(from, ends.lastIndex);
      from = ends.lastIndex;
    }
    addShort(from, text.length);
  }

  function allSentences() {
    const found = [];
    const isInner = (part) => part.parentElement.closest(PARTS) && body.contains(part.parentElement.closest(PARTS));
    const parts = [document.querySelector("article.document h1"), ...body.querySelectorAll(PARTS)];
    for (const part of parts) if (!isInner(part) && !part.closest(SILENT)) split(textOf(part), found);
    return found;
  }

  function rangeOf({ pieces, from, to }) {
    const place = (offset) => {
      let piece = pieces[0];
      for (const each of pieces) if (each.from <= offset) piece = each;
      return [piece.node, Math.min(offset - piece.from, piece.node.length)];
    };
    const range = document.createRange();
    range.setStart(...place(from));
    range.setEnd(...place(to));
    return range;
  }

  function unmark() {
    for (const part of document.querySelectorAll("[data-spoken]")) delete part.dataset.spoken;
    if (highlights) highlights.delete("spoken");
  }

  /* Marks the part, and in it the sentence where the browser can; keeps it on the screen. */
  function mark(sentence) {
    unmark();
    sentence.part.dataset.spoken = "";
    const range = rangeOf(sentence);
    if (highlights) highlights.set("spoken", new Highlight(range));
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 0 || bottom > bar.getBoundingClientRect().top) scrollBy(0, top - innerHeight / 3);
  }

  function show(next, words = "") {
    state = next;
    button.textContent = { idle: "朗读", speaking: "暂停", paused: "继续" }[next];
    bar.dataset.state = next;
    stopButton.hidden = speed.parentElement.hidden = next === "idle";
    status.textContent = words;
  }

  function speak() {
    const own = ++run;
    speechSynthesis.cancel();
    if (at >= sentences.length) { stop("读完了"); return; }
    const sentence = sentences[at];
    const utterance = new SpeechSynthesisUtterance(sentence.words);
    utterance.lang = "zh-CN";
    utterance.rate = Number(speed.value) || 1;
    utterance.onend = () => { if (own === run) { at += 1; speak(); } };
    utterance.onerror = () => { if (own === run) stop("朗读没有成功：这台设备可能没有中文语音。"); };
    mark(sentence);
    speechSynthesis.speak(utterance);
  }

  function stop(words = "") {
    run += 1;
    speechSynthesis.cancel();
    unmark();
    show("idle", words);
  }

  /* Reading begins with the sentence that the reader has selected, or else with the title. */
  function first() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !body.contains(selection.anchorNode)) return 0;
    const chosen = selection.getRangeAt(0);
    const found = sentences.findIndex((each) => rangeOf(each).compareBoundaryPoints(Range.START_TO_END, chosen) > 0);
    return Math.max(0, found);
  }

  button.addEventListener("click", () => {
    if (state === "speaking") {
      /* Some phones do not keep a paused voice: the sentence is read again from its beginning. */
      run += 1;
      speechSynthesis.cancel();
      show("paused");
      return;
    }
    if (state === "idle") {
      const voices = speechSynthesis.getVoices();
      if (voices.length && !voices.some((voice) => /^(zh|cmn)/i.test(voice.lang))) { show("idle", "这台设备没有中文语音，不能朗读。"); return; }
      sentences = allSentences();
      at = first();
    }
    show("speaking");
    speak();
  });
  stopButton.addEventListener("click", () => { stop(); button.focus(); });
  try { if (localStorage.getItem("gazette-speed")) speed.value = localStorage.getItem("gazette-speed"); } catch (error) { /* this page alone */ }
  if (speed.selectedIndex < 0) speed.value = "1";
  speed.addEventListener("change", () => {
    try { localStorage.setItem("gazette-speed", speed.value); } catch (error) { /* this page alone */ }
    if (state === "speaking") speak();
  });
  window.addEventListener("pagehide", () => stop());
}());

/* Copying a citation, or the address of a paragraph. The controls stand beside the text and are no part of it. */
"use strict";
(function () {
  const article = document.querySelector("article.document");
  const status = document.getElementById("copy-status");
  if (!article || !status) return;
  const PLACES = ".body [id]:is(h2, h3, h4, h5, h6, p)";
  const SHOWN_FOR = 6000;
  const address = (document.querySelector("link[rel=canonical]") || {}).href || location.href.split("#")[0];

  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch (error) {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  /* Says what was done at the control that did it: under it, or above it where the screen ends. */
  let timer = 0;
  function say(control, words) {
    const box = control.getBoundingClientRect();
    const outer = article.getBoundingClientRect();
    status.textContent = words;
    status.style.left = "0";
    const room = outer.right - status.offsetWidth;
    status.style.left = `${Math.max(0, Math.min(box.left, room) - outer.left)}px`;
    const isBelow = box.bottom + status.offsetHeight < innerHeight;
    status.style.top = `${(isBelow ? box.bottom : box.top - status.offsetHeight) - outer.top}px`;
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = ""; }, SHOWN_FOR);
  }
  const tell = async (control, text, what) => say(control, await copy(text) ? `已复制${what}` : "没有复制成，请从地址栏复制");

  const citation = document.getElementById("citation");
  const citing = document.getElementById("copy-citation");
  if (citation && citing) citing.addEventListener("click", () => tell(citing, citation.textContent.trim(), "引用格式"));

  /* One button for all paragraphs: it stands beside the one that the reader points at, has selected words in, or came to. */
  const button = document.getElementById("copy-place");
  let place = null;
  const placeOf = (node) => {
    const element = node && (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
    return element ? element.closest(PLACES) : null;
  };
  function show(target) {
    if (!target || target === place) return;
    place = target;
    button.hidden = false;
    button.style.top = `${target.getBoundingClientRect().top - article.getBoundingClientRect().top}px`;
    button.setAttribute("aria-label", `复制“${target.textContent.trim().slice(0, 10)}”这一处的链接`);
  }
  const showTarget = () => { try { show(placeOf(document.getElementById(decodeURIComponent(location.hash.slice(1))))); } catch (error) { /* no such place */ } };
  const byMouse = window.matchMedia("(hover: hover)");
  article.addEventListener("mouseover", (event) => { if (byMouse.matches) show(placeOf(event.target)); });
  article.addEventListener("click", (event) => { if (!event.target.closest("a, button")) show(placeOf(event.target)); });
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    if (selection && !selection.isCollapsed) show(placeOf(selection.anchorNode));
  });
  window.addEventListener("hashchange", showTarget);
  window.addEventListener("resize", () => { const target = place; place = null; show(target); });
  button.addEventListener("click", () => { if (place) tell(button, `${address}#${encodeURIComponent(place.id)}`, "这一处的链接"); });
  showTarget();
}());

/* On a reviewer's page of a document: “写意见” after each paragraph, which chooses it in the form beside. */
"use strict";
(function () {
  const MOST = 200;
  const select = document.getElementById("place");
  const quoted = document.getElementById("quoted");
  const told = document.getElementById("chosen");
  const words = document.getElementById("words");
  if (!select) return;
  const INSIDE = /^(?:P|H[1-6]|LI|DIV)$/;

  /* The words that are selected within an element; empty where none are. */
  function selectedIn(element) {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return "";
    const range = selection.getRangeAt(0);
    return element.contains(range.startContainer) && element.contains(range.endContainer) ? selection.toString().trim().slice(0, MOST) : "";
  }

  function mark(id) {
    for (const each of document.querySelectorAll("[data-chosen]")) delete each.dataset.chosen;
    const element = id && document.getElementById(id);
    if (element) element.dataset.chosen = "";
  }

  function choose(option, chosenWords) {
    select.value = option.value;
    quoted.value = chosenWords;
    told.textContent = chosenWords ? `对“${chosenWords}”` : `对：${option.textContent}`;
    mark(option.value);
  }

  for (const option of select.options) {
    const element = option.value && document.getElementById(option.value);
    if (!element) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "review-here";
    button.dataset.words = "写意见";
    button.setAttribute("aria-label", `写意见：${option.textContent}`);
    let chosenWords = "";
    button.addEventListener("pointerdown", () => { chosenWords = selectedIn(element); });
    button.addEventListener("click", () => {
      choose(option, chosenWords || selectedIn(element));
      chosenWords = "";
      words.scrollIntoView({ block: "center" });
      words.focus({ preventScroll: true });
    });
    if (INSIDE.test(element.tagName)) element.append(button);
    else element.after(button);
  }
  select.addEventListener("change", () => choose(select.options[select.selectedIndex], ""));

  for (const item of document.querySelectorAll("[data-place]")) {
    const element = document.getElementById(item.dataset.place);
    if (element) element.dataset.commented = "";
  }
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch (error) { /* an address that is cut off */ }
  const target = name && document.getElementById(name);
  if (target && target.tabIndex === -1) target.focus();
}());

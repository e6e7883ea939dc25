/* The order of an issue: documents move by buttons and by dragging; the page follows what changes on the disk. */
"use strict";
(function () {
  let dragged = null;
  let isPressed = false; // A button of the mouse, or a finger, is down: a drag may begin.
  let isStale = false; // What is on the disk was not shown, since a hand was on the page.

  function issue() {
    return document.getElementById("issue");
  }

  function rowOf(element) {
    return element instanceof Element ? element.closest(".row[data-name]") : null;
  }

  /* Says on what the keyboard is, so that the same is found on a new page. */
  function focused() {
    const row = rowOf(document.activeElement);
    return row ? { name: row.dataset.name, way: document.activeElement.dataset.way || "" } : null;
  }

  function focus(place) {
    const row = place && Array.from(document.querySelectorAll(".row[data-name]")).find((each) => each.dataset.name === place.name);
    if (!row) return;
    const button = row.querySelector(`button[data-way="${place.way}"]:not(:disabled)`) || row.querySelector(".order button:not(:disabled)") || row.querySelector("a");
    if (button) button.focus();
  }

  /* Shows the issue as it is now, the keyboard at a place or where it is. What looks the same is not put anew, so
     that a key or a drag that has just begun does not lose its row; under a drag the page waits for its end. */
  async function show(place) {
    const fresh = await window.desk.fresh("issue");
    if (!fresh) return;
    isStale = Boolean(dragged || isPressed);
    if (isStale) return;
    const isSame = fresh.innerHTML === issue().innerHTML;
    const kept = place || (isSame ? null : focused());
    if (isSame) Object.assign(issue().dataset, fresh.dataset);
    else issue().replaceWith(fresh);
    focus(kept);
  }

  function release() {
    isPressed = false;
    if (isStale && !dragged) show();
  }

  async function move(source, goal, place) {
    try {
      const told = await window.desk.send(issue().dataset.order, { digest: issue().dataset.digest, source, target: goal });
      await show(place);
      window.desk.tell(told.message);
    } catch (error) {
      await show(place);
      window.desk.tell(error.message);
    }
  }

  /* The place, “section:index”, before which a row or a whole list is dropped; the dragged row counts as gone. */
  function target(event) {
    const list = event.target instanceof Element ? event.target.closest("[data-section]") : null;
    if (!list || !dragged) return null;
    const rows = Array.from(list.querySelectorAll(".row[data-name]")).filter((row) => row !== dragged);
    const next = rows.findIndex((row) => event.clientY < row.getBoundingClientRect().top + row.offsetHeight / 2);
    const index = next < 0 ? rows.length : next;
    return { list, before: rows[index] || null, place: `${list.dataset.section}:${index}` };
  }

  function unmark() {
    document.querySelectorAll(".drop-before, .drop-end").forEach((each) => each.classList.remove("drop-before", "drop-end"));
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!event.target.classList.contains("order") || !button) return;
    event.preventDefault();
    move(event.target.elements.source.value, button.value, { name: rowOf(button).dataset.name, way: button.dataset.way });
  });
  document.addEventListener("dragstart", (event) => {
    const row = rowOf(event.target);
    if (!row || !row.draggable) return;
    dragged = row;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.dataset.name);
    row.classList.add("dragged");
  });
  document.addEventListener("dragover", (event) => {
    const found = target(event);
    unmark();
    if (!found) return;
    event.preventDefault();
    (found.before || found.list).classList.add(found.before ? "drop-before" : "drop-end");
  });
  document.addEventListener("drop", (event) => {
    const found = target(event);
    if (!found) return;
    event.preventDefault();
    const row = dragged;
    unmark();
    dragged = null;
    row.classList.remove("dragged");
    isPressed = false;
    if (found.place !== row.dataset.place) move(row.dataset.place, found.place, { name: row.dataset.name, way: "" });
  });
  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("dragged");
    dragged = null;
    unmark();
    release();
  });
  document.addEventListener("pointerdown", () => {
    isPressed = true;
  });
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", () => {
    if (!dragged) release(); // The beginning of a drag cancels the pointer too; its end releases.
  });
  window.desk.follow((version) => {
    if (String(version) !== issue().dataset.version) show();
  });
}());

/* Beside the text: findings, the page of the site, and the printed pages, as tabs. */
"use strict";
(function () {
  const page = document.getElementById("document").dataset.page;
  const tabs = Array.from(document.querySelectorAll("[role=tab]"));
  const places = document.getElementById("pane-page");
  const prints = document.getElementById("pane-prints");
  const state = document.getElementById("prints-state");
  const area = document.getElementById("text");
  let version = 0;
  let shownPage = -1;
  let shownPrints = -1;
  let input = null; /* Of the form, that the cursor is in. */

  function open(tab) {
    tabs.forEach((each) => {
      each.setAttribute("aria-selected", String(each === tab));
      each.tabIndex = each === tab ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = each !== tab;
    });
    update();
  }

  function isOpen(pane) {
    return !pane.hidden;
  }

  /* Shows the page anew, at the height where it was. */
  function showPage() {
    if (!page || shownPage === version) return;
    shownPage = version;
    const old = places.querySelector("iframe");
    const top = old && old.contentWindow ? old.contentWindow.scrollY : 0;
    const frame = document.createElement("iframe");
    frame.className = "page-frame";
    frame.title = "网页";
    frame.setAttribute("sandbox", "allow-same-origin");
    frame.addEventListener("load", () => frame.contentWindow.scrollTo(0, top));
    frame.src = "/site/" + page;
    places.replaceChildren(frame);
  }

  /* Returns the sheet of a printed page, as high as its picture will be. */
  function sheetOf(told, index) {
    const sheet = document.createElement("div");
    sheet.className = "print-sheet";
    sheet.dataset.page = String(index + 1);
    if (told.sizes[index]) sheet.style.aspectRatio = told.sizes[index].join(" / ");
    const picture = document.createElement("img");
    picture.className = "print-page";
    picture.alt = "第" + (index + 1) + "页";
    sheet.append(picture);
    return sheet;
  }

  /* Resolves once the picture of a sheet is there, or cannot be had. */
  function draw(sheet, of) {
    if (!sheet) return Promise.resolve();
    const picture = sheet.querySelector("img");
    picture.src = "/prints/" + page + "?number=" + sheet.dataset.page + "&version=" + of;
    return picture.decode().catch(() => null);
  }

  /* Returns which value of the form an input is for. */
  function valueOf(one) {
    const field = one.closest("[data-key]");
    const parts = one.name.split(":");
    const number = parts.length > 2 ? Number(parts[2]) : Array.from(field.querySelectorAll("input, select")).indexOf(one);
    return { field: field.dataset.key, number, name: parts[3] || "" };
  }

  /* Returns where the cursor is: which value of the form, or which row of the text. */
  function cursorPlace() {
    return input ? valueOf(input) : area.value.slice(0, area.selectionStart).split("\n").length - 1;
  }

  async function showPrints() {
    if (!page || shownPrints === version) return;
    const wanted = version;
    shownPrints = wanted;
    state.textContent = "正在排印……";
    try {
      const answer = await fetch("/prints/" + page, { headers: { "Accept": "application/json" } });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.message);
      if (wanted !== version) return;
      const sheets = Array.from({ length: told.pages }, (_, index) => sheetOf(told, index));
      const first = Math.max(window.deskPrints.pageOf(told, cursorPlace(), area.value.split("\n")), 1);
      await draw(sheets[first - 1], told.version);
      if (wanted !== version) return;
      state.textContent = "保存以后的印刷页，共" + told.pages + "页。光标所在的一段、一项有框；点哪里，光标就到哪里。";
      const top = prints.scrollTop;
      window.deskPrints.changed(told);
      prints.replaceChildren(state, ...sheets);
      prints.scrollTop = top;
      followPrints();
      sheets.filter((_, index) => index !== first - 1).forEach((sheet) => draw(sheet, told.version));
    } catch (error) {
      shownPrints = -1;
      state.textContent = "印刷页排不出来：" + error.message;
    }
  }

  function followPrints() {
    if (!isOpen(prints) || shownPrints === -1) return;
    window.deskPrints.follow(prints, cursorPlace(), area.value.split("\n"));
  }

  function update() {
    if (isOpen(places)) showPage();
    if (isOpen(prints)) showPrints();
    followPrints();
  }

  /* Scrolls the page to the paragraph that the cursor is in. */
  function follow(line) {
    followPrints();
    const frame = places.querySelector("iframe");
    const words = line.replace(/^[#|>\s]+/, "").replace(/[*\\]/g, "").slice(0, 12);
    if (!isOpen(places) || !frame || !frame.contentDocument || words.length < 4) return;
    const found = Array.from(frame.contentDocument.querySelectorAll("main p, main h2, main h3, main h4, main td, main li")).find((each) => each.textContent.replace(/\s/g, "").includes(words.replace(/\s/g, "")));
    if (found) found.scrollIntoView({ block: "center" });
  }

  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => open(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = tabs[(index + step) % tabs.length];
      open(next);
      next.focus();
    });
  });
  prints.addEventListener("click", (event) => {
    const place = window.deskPrints.placeAt(event, area.value.split("\n"));
    if (place) prints.dispatchEvent(new CustomEvent("placechosen", { bubbles: true, detail: place }));
  });
  document.getElementById("document").addEventListener("focusin", (event) => {
    const isInput = event.target.matches("[data-key] input, [data-key] select");
    if (!isInput && event.target !== area) return;
    input = isInput ? event.target : null;
    followPrints();
  });
  document.querySelector(".tabs").hidden = false;
  window.deskPanes = { follow, changed: (next) => { version = next; update(); } };
}());

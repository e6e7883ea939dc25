/* What a reader sets for himself: larger letters, more contrast, a dark page; and what holds on the reader's day. */
"use strict";
(function () {
  const SETTINGS = { size: ["", "large", "largest"], contrast: ["", "high"], shade: ["", "dark", "light"] };
  const page = document.documentElement;
  /* Shows what works only with scripts, before the first line is drawn. */
  page.dataset.scripted = "";
  const read = (name) => { try { return localStorage.getItem("gazette-" + name) || ""; } catch (error) { return ""; } };
  const write = (name, value) => { try { localStorage.setItem("gazette-" + name, value); } catch (error) { /* kept for this page alone */ } };
  const apply = (name, value) => { if (value) page.dataset[name] = value; else delete page.dataset[name]; };
  for (const name of Object.keys(SETTINGS)) if (SETTINGS[name].includes(read(name))) apply(name, read(name));

  /* Without a network: only where the site is served by https. From a disk everything is at hand already. */
  const { offline: worker, manifest, icon } = (document.currentScript || { dataset: {} }).dataset;
  if (worker && location.protocol === "https:" && "serviceWorker" in navigator) {
    window.addEventListener("load", () => { navigator.serviceWorker.register(new URL(worker, document.baseURI)).catch(() => undefined); });
  }

  /* For the start screen of a phone. A page from a disk has none, and asking for it there is an error of the console. */
  if (manifest && /^https?:$/.test(location.protocol)) {
    for (const [rel, href] of [["manifest", manifest], ["apple-touch-icon", icon]]) {
      document.head.append(Object.assign(document.createElement("link"), { rel, href }));
    }
  }

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = (setting) => page.dataset[setting] || (setting === "shade" && dark.matches ? "dark" : "");

  function switches() {
    const panel = document.getElementById("switches");
    if (!panel) return;
    /* Where there is room the switches are always shown; on a phone they are behind a word. */
    const wide = window.matchMedia("(min-width: 48rem)");
    const unfold = () => { panel.open = wide.matches; };
    if (wide.addEventListener) wide.addEventListener("change", unfold);
    unfold();
    for (const button of panel.querySelectorAll("button[data-setting]")) {
      const { setting, value } = button.dataset;
      const show = () => button.setAttribute("aria-pressed", String(chosen(setting) === value));
      button.addEventListener("click", () => {
        const next = chosen(setting) === value ? (setting === "shade" ? "light" : "") : value;
        apply(setting, next);
        write(setting, next);
        for (const other of panel.querySelectorAll("button[data-setting]")) other.dispatchEvent(new Event("gazette-show"));
      });
      button.addEventListener("gazette-show", show);
      show();
    }
  }

  /* 长者模式: the largest letters and the most contrast at once; the page is the same. */
  function elderMode() {
    const PARTS = { size: "largest", contrast: "high" };
    const buttons = document.querySelectorAll("button[data-mode=elder]");
    const isOn = () => Object.entries(PARTS).every(([name, value]) => page.dataset[name] === value);
    const show = () => { for (const button of buttons) button.setAttribute("aria-pressed", String(isOn())); };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const turnsOn = !isOn();
        for (const [name, value] of Object.entries(PARTS)) {
          apply(name, turnsOn ? value : "");
          write(name, turnsOn ? value : "");
        }
        for (const other of document.querySelectorAll("#switches button[data-setting]")) other.dispatchEvent(new Event("gazette-show"));
      });
    }
    new MutationObserver(show).observe(page, { attributeFilter: ["data-size", "data-contrast"] });
    show();
  }

  /* What is folded: opened where an address leads into it, which browsers before 2022 do not do, and on paper. */
  function folds() {
    const unfold = () => {
      let target = null;
      try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { /* no address of a place */ }
      let closed = target && target.closest("details:not([open])");
      if (!closed) return;
      for (; closed; closed = target.closest("details:not([open])")) closed.open = true;
      target.scrollIntoView();
    };
    let printed = [];
    window.addEventListener("beforeprint", () => {
      printed = [...printed, ...document.querySelectorAll(".folded:not([open])")];
      for (const folded of printed) folded.open = true;
    });
    window.addEventListener("afterprint", () => {
      for (const folded of printed) folded.open = false;
      printed = [];
    });
    window.addEventListener("hashchange", unfold);
    unfold();
  }
  document.addEventListener("DOMContentLoaded", () => { switches(); elderMode(); folds(); });
}());

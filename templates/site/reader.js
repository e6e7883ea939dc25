/* What a reader sets for himself: larger letters, more contrast, a dark page; reading aloud; links and citations to copy. */
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

  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = (setting) => page.dataset[setting] || (setting === "shade" && dark.matches ? "dark" : "");

  function switches() {
    const panel = document.getElementById("switches");
    if (!panel) return;
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

  function speech() {
    const button = document.getElementById("read-aloud");
    const body = document.querySelector("article.document .body");
    if (!button || !body) return;
    if (!("speechSynthesis" in window)) { button.hidden = true; return; }
    const stop = () => { speechSynthesis.cancel(); button.textContent = "朗读"; button.setAttribute("aria-pressed", "false"); };
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-pressed") === "true") { stop(); return; }
      const parts = [document.querySelector("h1").textContent, ...[...body.querySelectorAll("p, h2, h3, h4, h5, h6, li, tr")].map((part) => part.innerText)];
      parts.filter((part) => part.trim()).forEach((part, index, all) => {
        const utterance = new SpeechSynthesisUtterance(part);
        utterance.lang = "zh-CN";
        if (index === all.length - 1) utterance.onend = stop;
        speechSynthesis.speak(utterance);
      });
      button.textContent = "停止朗读";
      button.setAttribute("aria-pressed", "true");
    });
    window.addEventListener("pagehide", stop);
  }

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

  function copying() {
    const status = document.getElementById("copy-status");
    if (!status) return;
    const say = (done, what) => { status.textContent = done ? "已复制" + what : "没有复制成，请从地址栏复制"; };
    const citation = document.getElementById("citation");
    const button = document.getElementById("copy-citation");
    if (citation && button) {
      button.addEventListener("click", async () => say(await copy(citation.textContent.trim()), "引用格式"));
    }
    const address = (document.querySelector("link[rel=canonical]") || {}).href || location.href.split("#")[0];
    for (const target of document.querySelectorAll(".body [id]:is(h2, h3, h4, h5, h6, p)")) {
      const link = document.createElement("a");
      link.className = "anchor";
      link.href = "#" + encodeURIComponent(target.id);
      link.setAttribute("aria-label", "复制“" + target.textContent.trim().slice(0, 10) + "”这一处的链接");
      link.textContent = "¶";
      link.addEventListener("click", async () => say(await copy(address + "#" + encodeURIComponent(target.id)), "这一处的链接"));
      target.append(link);
    }
  }

  document.addEventListener("DOMContentLoaded", () => { switches(); speech(); copying(); });
}());

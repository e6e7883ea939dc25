/* The state of documents on the reader's day, in Beijing: in force, expired, repealed. The page itself says only what is true on every day. */
"use strict";
(function (page) {
  /* The state on a day, of states such as "0001-01-01 尚未施行,2026-03-01 ,2031-03-01 失效". */
  const stateOn = (states, day) => states.split(",").filter((each) => each.slice(0, 10) <= day).map((each) => each.slice(11)).pop() || "";
  const today = () => new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
  const inWords = (day) => { const [year, month, date] = day.split("-").map(Number); return `${year}年${month}月${date}日`; };
  page.gazetteStates = { stateOn, today, inWords };

  /* A label in a list names the day for which it is computed: the clock may be wrong. A day before the issue is wrong. */
  function lists() {
    const day = today();
    for (const label of document.querySelectorAll(".state[data-states]")) {
      if (day < label.dataset.since) continue;
      const state = stateOn(label.dataset.states, day);
      const stated = label.querySelector(".state-stated");
      for (const change of label.querySelectorAll(".state-change")) {
        if (change.dataset.act === "施行" && change.dataset.day <= day) change.remove();
      }
      if (!state || (stated && stated.textContent === state)) continue;
      if (stated) stated.remove();
      const now = document.createElement("strong");
      now.className = "state-now";
      now.textContent = `${state}（截至${inWords(day)}）`;
      label.prepend(now, " ");
    }
  }

  /* The page of a document states validity for a day that it names; here it is stated for the reader's day. */
  function validity() {
    const now = document.getElementById("validity-now");
    if (!now) return;
    const day = today(), named = document.getElementById("validity-day");
    if (day < named.dataset.day) return;
    for (const change of document.querySelectorAll(".validity-change")) {
      if (change.dataset.day > day) continue;
      now.textContent = change.dataset.state;
      change.remove();
    }
    const isSilent = !now.textContent && !document.querySelector(".validity-change");
    named.textContent = isSilent ? "" : `（截至${inWords(day)}）`;
    const silence = document.getElementById("validity-silence");
    if (isSilent && silence) silence.hidden = false;
    if (isSilent && !silence) document.getElementById("validity").parentElement.remove();
  }

  /* Which of the printed texts of an instrument holds on a day that the reader chooses, as the list of texts says it. */
  function versions() {
    const box = document.getElementById("version-day");
    if (!box) return;
    const answer = document.getElementById("version-answer");
    const texts = [...document.querySelectorAll(".version-list li[data-last]")];
    const amended = [...document.querySelectorAll(".amending li")].map((item) => item.dataset.first);
    const choose = () => {
      const day = box.value;
      const begun = texts.filter((text) => text.dataset.first <= day);
      const now = begun[begun.length - 1];
      const holds = now && !(now.dataset.last && now.dataset.last < day) && !amended.some((first) => now.dataset.first <= first && first <= day);
      for (const text of texts) text.classList.toggle("chosen", Boolean(day) && text === now && holds);
      if (!day) answer.textContent = "";
      else if (!now) answer.textContent = "这一天的文本本刊没有";
      else if (!holds) answer.textContent = "这一天没有适用的全文：已经废止、失效，或者修改后的全文本刊没有刊登";
      else if (now.dataset.undated) answer.textContent = `第${begun.length}次的文本；本刊标注${now.dataset.undated}，没有写明从哪一天起`;
      else answer.textContent = `第${begun.length}次的文本`;
    };
    box.closest("[hidden]").hidden = false;
    box.addEventListener("input", choose);
    box.value = today();
    choose();
  }

  document.addEventListener("DOMContentLoaded", () => { lists(); validity(); versions(); });
}(window));

/* What every screen uses: asking the desk to change something, and telling what came of it. */
"use strict";
(function () {
  const token = document.currentScript.dataset.token;

  /* Shows words above everything else on the page. */
  function tell(words) {
    const place = document.getElementById("told");
    place.textContent = words;
    place.hidden = !words;
  }

  /* Returns what an answer tells: JSON, or the words with which the desk refuses whoever has no session of it. */
  async function toldBy(answer) {
    const isWords = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    if (isWords) return { message: await answer.text() };
    return answer.json().catch(() => ({ message: "编辑台的回答读不懂。刷新这一页，再做一次。" }));
  }

  /* Sends fields to an address; resolves to the answer's JSON, and rejects with an Error whose message can be shown. */
  async function send(address, fields) {
    const body = fields instanceof FormData ? fields : new FormData();
    if (body !== fields) Object.keys(fields || {}).forEach((name) => [].concat(fields[name]).forEach((value) => body.append(name, value)));
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body, headers: { "Accept": "application/json", "X-Desk-Token": token } });
    } catch (error) {
      throw new Error("编辑台没有回答：它可能已经关了。重新打开编辑台，再做一次。", { cause: error });
    }
    const told = await toldBy(answer);
    if (!answer.ok) throw Object.assign(new Error(told.message), { status: answer.status, answer: told });
    return told;
  }

  /* Resolves to a part of this page as the desk has it now; to null where it cannot be had. */
  async function fresh(id) {
    const answer = await fetch(location.pathname).catch(() => null);
    return answer && answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id) : null;
  }

  /* Returns how many characters of two texts, or lines of two lists, are the same at the beginning, and how many of the others at the end. */
  function sameEnds(one, other) {
    const least = Math.min(one.length, other.length);
    let start = 0;
    while (start < least && one[start] === other[start]) start += 1;
    let end = 0;
    while (end < least - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    return [start, end];
  }

  /* Calls what is passed with each new version of the content. A browser has six connections for a place: a tab that
     is not looked at leaves them to the others, and is told the version when it is looked at again. */
  function follow(changed) {
    let stream = null;
    function close() {
      if (stream) stream.close();
      stream = null;
    }
    function open() {
      if (stream || document.hidden) return;
      stream = new EventSource("/events");
      stream.onmessage = (event) => changed(Number(event.data));
    }
    document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
    window.addEventListener("pagehide", close);
    window.addEventListener("pageshow", open);
    open();
  }

  /* Has the browser ask before a form that was typed into is left; its own buttons and links leave it on purpose. */
  function askBeforeLeaving(form) {
    let isTyped = form.dataset.unsaved === "yes";
    form.addEventListener("input", () => { isTyped = true; });
    form.addEventListener("submit", () => { isTyped = false; });
    form.addEventListener("click", (event) => {
      if (event.target.matches("a.button")) isTyped = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (isTyped) event.preventDefault();
      if (isTyped) event.returnValue = "";
    });
  }

  document.querySelectorAll("form[data-unsaved]").forEach(askBeforeLeaving);
  window.desk = { send, tell, follow, fresh, sameEnds };
}());

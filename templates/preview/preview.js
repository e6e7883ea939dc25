/* The editor's panel: looks again whenever the content changes, and shows findings and printed pages. */
"use strict";
(function () {
  const PAUSE = 1000; // Milliseconds before another try where a version could not be shown.
  const panel = document.createElement("aside");
  panel.id = "preview-panel";
  panel.setAttribute("aria-label", "预览");
  const notice = document.createElement("section");
  notice.setAttribute("role", "status");
  const state = document.createElement("section");
  const prints = document.createElement("section");
  panel.append(notice, state, prints);
  document.body.append(panel);
  let textVersion = Number(document.currentScript.dataset.version);
  let latest = 0;
  let isWaiting = false; // Whether a version has been told that is not yet shown.
  let isBusy = false;

  const element = (tag, className, words) => {
    const created = document.createElement(tag);
    created.className = className;
    created.textContent = words;
    return created;
  };

  const notify = (words) => notice.replaceChildren(...(words ? [element("p", "behind", words)] : []));

  /* Shows the text of the page as it is now; false where the whole page is loaded again instead. */
  async function showText() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (answer.status === 404) return true;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const shown = document.querySelector("main");
    const next = fresh.querySelector("main");
    // A page without <main>, such as that of an empty template, or a message in the place of a page.
    if (!shown || !next || (answer.ok && "message" in document.documentElement.dataset)) {
      location.reload();
      return false;
    }
    document.title = fresh.title;
    shown.replaceWith(next);
    return true;
  }

  async function showFindings() {
    const answer = await (await fetch("/__preview/state?page=" + encodeURIComponent(location.pathname))).json();
    const list = document.createElement("ol");
    for (const each of answer.findings) {
      const item = document.createElement("li");
      item.append(element("span", "severity-" + each.severity, `${each.severity} ${each.code}　`), element("span", "", each.message + each.hint), element("div", "place", each.place));
      list.append(item);
    }
    const behind = answer.current ? [] : [element("p", "behind", "内容有错误，下面显示的是改动之前的样子。改正后自动更新。")];
    state.replaceChildren(...behind, element("h2", "", answer.findings.length ? `校核：${answer.findings.length} 处` : "校核：没有问题"), list);
    return answer;
  }

  async function showPrints(version, page) {
    if (!page) return;
    const address = "/__preview/picture?page=" + encodeURIComponent(location.pathname);
    const answer = await fetch(address);
    if (version !== latest) return;
    if (!answer.ok) { prints.replaceChildren(element("p", "behind", await answer.text())); return; }
    const count = await answer.json();
    const pictures = await Promise.all(Array.from({ length: count }, (_, index) => new Promise((resolve) => {
      const picture = new Image();
      picture.alt = `印刷页第${index + 1}页`;
      picture.onload = picture.onerror = () => resolve(picture);
      picture.src = `${address}&number=${index + 1}&version=${version}`;
    })));
    if (version === latest) { prints.replaceChildren(element("h2", "", `印出来的样子：${count} 页`), ...pictures); panel.dataset.printed = String(version); }
  }

  async function show(version) {
    if (version !== textVersion && !await showText()) return;
    textVersion = version;
    const answer = await showFindings();
    panel.dataset.version = String(version);
    notify("");
    showPrints(version, answer.document).catch(() => notify("印刷页没有取到，下一次改动时再取。"));
  }

  /* Shows the latest version; one after the other, and again after a pause where something failed. */
  async function catchUp() {
    if (isBusy) return;
    isBusy = true;
    while (isWaiting) {
      isWaiting = false;
      try {
        await show(latest);
      } catch (error) {
        isWaiting = true;
        notify("没有取到改动以后的样子，马上再取。");
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
    isBusy = false;
  }

  const stream = new EventSource("/__preview/events");
  stream.onmessage = (event) => {
    latest = Number(event.data);
    isWaiting = true;
    catchUp();
  };
  stream.onerror = () => {
    // Where the connection only broke, the browser tries again.
    if (stream.readyState === EventSource.CLOSED) notify("预览已经结束、重新开始过，或者打开的页面太多。请看终端：用那里的网址重新打开，或者关掉几页再刷新。");
  };
}());

/* The editor's panel: looks again whenever the content changes, and shows findings and printed pages. */
"use strict";
(function () {
  const panel = document.createElement("aside");
  panel.id = "preview-panel";
  panel.setAttribute("aria-label", "预览");
  const state = document.createElement("section");
  const prints = document.createElement("section");
  panel.append(state, prints);
  document.body.append(panel);
  let latest = 0;

  const made = (tag, className, words) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = words;
    return element;
  };

  async function text() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = fresh.title;
    document.querySelector("main").replaceWith(fresh.querySelector("main"));
  }

  async function findings() {
    const answer = await (await fetch("/__preview/state?page=" + encodeURIComponent(location.pathname))).json();
    const list = document.createElement("ol");
    for (const each of answer.findings) {
      const item = document.createElement("li");
      item.append(made("span", "severity-" + each.severity, `${each.severity} ${each.code}　`), made("span", "", each.message + each.hint), made("div", "place", each.place));
      list.append(item);
    }
    const behind = answer.current ? [] : [made("p", "behind", "内容有错误，下面显示的是改动之前的样子。改正后自动更新。")];
    state.replaceChildren(...behind, made("h2", "", answer.findings.length ? `校核：${answer.findings.length} 处` : "校核：没有问题"), list);
    return answer;
  }

  async function printed(version, page) {
    if (!page) return;
    const address = "/__preview/picture?page=" + encodeURIComponent(location.pathname);
    const answer = await fetch(address);
    if (version !== latest) return;
    if (!answer.ok) { prints.replaceChildren(made("p", "behind", await answer.text())); return; }
    const count = await answer.json();
    const pictures = await Promise.all(Array.from({ length: count }, (_, index) => new Promise((resolve) => {
      const picture = new Image();
      picture.alt = `印刷页第${index + 1}页`;
      picture.onload = picture.onerror = () => resolve(picture);
      picture.src = `${address}&number=${index + 1}&version=${version}`;
    })));
    if (version === latest) { prints.replaceChildren(made("h2", "", `印出来的样子：${count} 页`), ...pictures); panel.dataset.printed = String(version); }
  }

  const stream = new EventSource("/__preview/events");
  let first = true;
  stream.onmessage = async (event) => {
    latest = Number(event.data);
    const version = latest;
    if (!first) await text();
    first = false;
    const answer = await findings();
    panel.dataset.version = String(version);
    printed(version, answer.document);
  };
}());

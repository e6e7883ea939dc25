/* The search page: the form, the list of answers, and the place in it to which a reader comes back. */
"use strict";
(function (search) {
  /* Answers shown at once: each takes a file, and a phone shows few at a time. */
  const PAGE = window.matchMedia("(min-width: 48rem)").matches ? 10 : 5;
  const form = document.getElementById("search-form");
  const box = document.getElementById("search-box");
  /* The filter of 文种 is called kind in addresses that readers have kept. */
  const filters = Object.fromEntries(["issuer", "year", "kind", "validity", "from", "to", "order"].map((name) => [name, document.getElementById(`filter-${name}`)]));
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const insideMore = document.getElementById("search-inside");
  const advice = document.getElementById("search-advice");
  const spelling = document.getElementById("search-spelling");
  const lifted = document.getElementById("search-lifted");
  const panel = document.getElementById("search-filters");
  const active = document.getElementById("search-active");
  search.home = form.dataset.home;

  let run = 0;
  let answers = null;
  let pending = 0;
  const watched = new Map();
  const seen = typeof IntersectionObserver === "function" ? new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) complete(entry.target);
  }) : null;

  const DATED = ["from", "to"];
  const DATE = /^\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/;

  /* A typed date as 2026-02-11; empty for one that is no date. */
  function dateOf(text) {
    const found = DATE.exec(text);
    const day = found ? `${found[1]}-${found[2].padStart(2, "0")}-${found[3].padStart(2, "0")}` : "";
    return Number.isNaN(Date.parse(day)) ? "" : day;
  }

  const valueOf = (name, field) => (DATED.includes(name) ? dateOf(field.value) : field.value);
  const values = () => Object.fromEntries(Object.entries(filters).map(([name, field]) => [name, valueOf(name, field)]));
  const isFiltered = () => Object.entries(filters).some(([name, field]) => name !== "order" && valueOf(name, field));

  /* Says beside the folded filters which of them are on. */
  function tellFilters() {
    const labels = { from: "自", to: "至" };
    const on = Object.entries(filters).filter(([name, field]) => valueOf(name, field));
    const words = on.map(([name, field]) => (labels[name] || "") + (field.options ? field.selectedOptions[0].text : valueOf(name, field)));
    active.textContent = words.length ? `：${words.join("、")}` : "";
  }

  function settle(change) {
    pending += change;
    if (!pending && answers) {
      if (answers.untrue && !list.children.length && !answers.waiting.length && !answers.isAskedAgain) {
        askAgain();
        return;
      }
      tell();
      status.dataset.state = "done";
    }
  }

  /* Fetches the text of a shown answer, which is taken away again if its pairs were only scattered. */
  async function complete(item) {
    const own = run;
    const waiting = watched.get(item);
    if (!waiting) return;
    watched.delete(item);
    if (seen) seen.unobserve(item);
    settle(1);
    const isTrue = await search.results.completeItem(item, waiting.hit, waiting.row);
    if (own !== run) return;
    item.classList.remove("waiting");
    if (isTrue) answers.checked += waiting.hit.check.length ? 1 : 0;
    else {
      answers.untrue += 1;
      item.remove();
    }
    settle(-1);
  }

  /* The terms for which the text of a hit has to be looked at: a single pair is certain, and sounds are in no text. */
  function toCheck(terms, hit, row) {
    if (hit.group === search.find.RELATED) return [];
    const title = search.text.folded(row.title);
    return terms.filter((term) => !search.sounds.soundForms(term.text).length
      && !term.forms.some((each) => [...each].length <= 2 || title.includes(each)));
  }

  /* Where pairs promised answers that no text kept, the query is taken for a question. */
  async function askAgain() {
    const own = run;
    settle(1);
    answers.isAskedAgain = true;
    const { hits, substitutions, kept } = await search.question.answer(answers.terms.map((term) => term.text).join(" "), values());
    if (own !== run) return;
    answers.related = hits;
    Object.assign(answers, { substitutions, kept });
    answers.waiting = [...hits];
    await show(PAGE);
    settle(-1);
  }

  async function show(count) {
    const own = run;
    const hits = answers.waiting.splice(0, count);
    settle(1);
    const [rows] = await Promise.all([search.index.rows(hits), search.edges.prepare([...new Set(hits.flatMap((hit) => hit.forms))])]);
    if (own !== run) return;
    hits.forEach((hit, number) => {
      const row = rows[number];
      if (!row) return;
      hit.check = toCheck(answers.terms, hit, row);
      if (hit.check.length) answers.unchecked += 1;
      const item = search.results.shownItem(hit, row);
      list.append(item);
      answers.shown += 1;
      if (!answers.terms.length) return;
      item.classList.add("waiting");
      watched.set(item, { hit, row });
      if (seen) seen.observe(item); else complete(item);
    });
    if (seen) for (const item of list.children) if (item.getBoundingClientRect().top < innerHeight) complete(item);
    more.hidden = !answers.waiting.length;
    settle(-1);
    remember();
  }

  const quoted = (texts) => texts.map((text) => `“${text}”`).join("、");

  /* Which words were looked for in place of those that no document has. */
  const substitutionsInWords = (substitutions) => `没有找到${quoted(substitutions.map(({ typed }) => typed))}，下面按${quoted(substitutions.map(({ text }) => text))}查找。`;

  /* Which words of a question were looked for that is too long. */
  const keptInWords = (kept) => `问题较长，只按${quoted(kept)}查找。`;

  function tell() {
    const { direct, related, inside, untrue, substitutions, kept } = answers;
    const total = direct.length - (answers.isInsideShown ? 0 : untrue);
    const isExact = answers.waiting.length ? !answers.terms.some((term) => term.forms[0].length > 2) : answers.checked + untrue >= answers.unchecked;
    const parts = [];
    if (direct.length) parts.push(`找到${isExact ? "" : "约"} ${Math.max(0, total)} 份公文`);
    if (related.length) parts.push(`${parts.length || substitutions.length ? "" : "没有完全相同的字，"}相关的 ${related.length} 份`);
    if (answers.isInsideShown && inside.length) parts.push(`字连在一起的 ${inside.length} 份`);
    const shown = list.children.length;
    status.textContent = parts.length ? `${parts.join("，")}，显示 ${shown} 份。` : `没有找到“${box.value.trim().slice(0, 60)}”。`;
    if (substitutions.length && related.length) status.textContent = substitutionsInWords(substitutions) + status.textContent;
    if (kept.length && related.length) status.textContent = `${keptInWords(kept)}${status.textContent}`;
    if (!parts.length && isFiltered() && !box.value.trim()) status.textContent = "没有这样的公文。";
    if (search.missing.size) status.textContent += `索引有 ${search.missing.size} 个文件没有取到，结果可能不全；请刷新页面再试。`;
    insideMore.hidden = answers.isInsideShown || !inside.length;
    insideMore.textContent = `另有 ${inside.length} 份：字连在一起，但不是一个词`;
    advice.hidden = Boolean(parts.length);
  }

  async function answer(shown) {
    const own = ++run;
    answers = null;
    pending = 0;
    watched.clear();
    search.missing.clear();
    if (seen) seen.disconnect();
    list.replaceChildren();
    for (const each of [more, insideMore, advice, spelling, lifted]) each.hidden = true;
    for (const each of [spelling, lifted]) each.replaceChildren();
    const groups = await search.answer(box.value, values());
    if (!groups) {
      status.textContent = "";
      return;
    }
    if (own !== run) return;
    const { first, terms, isEmpty } = groups;
    answers = { ...groups, waiting: first.length ? [...first] : [...groups.inside], shown: 0, checked: 0, unchecked: 0, untrue: 0, isInsideShown: !first.length };
    settle(1);
    await show(shown);
    if (isEmpty) await advise(own, terms);
    if (own === run) settle(-1);
  }

  async function ask(shown = PAGE) {
    status.dataset.state = "busy";
    status.textContent = "正在查找……";
    try {
      await answer(shown);
    } catch (error) {
      status.textContent = "索引没有取到，请刷新页面再试。";
    }
    if (!pending) status.dataset.state = "done";
  }

  const addressOf = (query, chosen) => {
    const words = new URLSearchParams();
    if (query) words.set("q", query);
    for (const [name, value] of Object.entries(chosen)) if (value) words.set(name, value);
    return words.toString() ? "?" + words : location.pathname;
  };

  function linkTo(query, chosen, text) {
    const link = search.results.element("a", "", text);
    link.href = addressOf(query, chosen);
    return link;
  }

  /* Words that may have been meant, and how many documents there are without one of the filters. */
  async function advise(own, terms) {
    const query = box.value.trim().slice(0, search.text.LONGEST);
    const chosen = values();
    try {
      const others = terms.length === 1 || terms.length && !list.children.length ? await search.spelling.otherQueries(terms) : [];
      const rows = [];
      for (const [name, field] of Object.entries(filters)) {
        if (name === "order" || !chosen[name]) continue;
        const { direct, related } = await search.find.find(terms, { ...chosen, [name]: "" });
        if (direct.length + related.length) rows.push(linkTo(query, { ...chosen, [name]: "" }, `不限${field.closest("label").firstChild.textContent.trim()}：${direct.length + related.length} 份`));
      }
      if (own !== run) return;
      others.forEach((other, number) => spelling.append(number ? "、" : "是不是要找：", linkTo(other, chosen, other)));
      spelling.hidden = !others.length;
      rows.forEach((link, number) => lifted.append(number ? "、" : "", link));
      lifted.hidden = !rows.length;
    } catch (error) {
      search.missing.add(error.message);
    }
  }

  /* Keeps the query in the address, and how much is shown in the entry of the history. */
  function remember() {
    tellFilters();
    const state = { shown: answers ? answers.shown : 0, top: scrollY };
    try { history.replaceState(state, "", addressOf(box.value.trim().slice(0, search.text.LONGEST), values())); } catch (error) { /* file:// in some browsers */ }
  }

  more.addEventListener("click", async () => {
    const at = list.children.length;
    status.dataset.state = "busy";
    await show(PAGE);
    if (list.children[at]) list.children[at].querySelector("a").focus();
  });
  insideMore.addEventListener("click", async () => {
    const at = list.children.length;
    status.dataset.state = "busy";
    answers.isInsideShown = true;
    answers.waiting.push(...answers.inside);
    await show(PAGE);
    if (list.children[at]) list.children[at].querySelector("a").focus();
  });

  const parameters = new URLSearchParams(location.search);
  const before = history.state && history.state.shown ? history.state : null;
  box.value = (parameters.get("q") || "").slice(0, search.text.LONGEST);
  for (const [name, field] of Object.entries(filters)) {
    const value = parameters.get(name) || "";
    if (field.options ? [...field.options].some((option) => option.value === value) : dateOf(value)) field.value = value;
    field.addEventListener("change", () => { remember(); ask(); });
  }
  panel.open = window.matchMedia("(min-width: 48rem)").matches;
  tellFilters();
  form.addEventListener("submit", (event) => { event.preventDefault(); remember(); ask(); });
  addEventListener("pagehide", remember);
  /* Fetched at once, and while the reader types: what a query waits for. */
  search.words.dictionary([box.value]);
  search.index.load("volumes").then((volumes) => volumes.length && !isFiltered() && search.index.columns(volumes[0])).catch(() => {});
  box.addEventListener("input", () => search.words.dictionary([box.value.slice(0, search.text.LONGEST)]));
  if (box.value || isFiltered()) {
    ask(before ? before.shown : PAGE).then(() => { if (before) scrollTo(0, before.top); });
  } else {
    box.focus();
  }
}(window.gazetteSearch = window.gazetteSearch || {}));

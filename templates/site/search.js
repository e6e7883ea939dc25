/* Full-text search over the index that web/search_index.py writes. Nothing is sent anywhere. */
"use strict";
(function () {
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const DIGITS = new Map([...ALPHABET].map((digit, value) => [digit, value]));
  const PAGE = 10;
  const SNIPPETS = 3;
  const COLUMNS = ["start", "path", "title", "code", "year", "serial", "issuer", "date", "kind", "issue", "validity", "text"];

  const form = document.getElementById("search-form");
  const box = document.getElementById("search-box");
  const filters = { issuer: document.getElementById("filter-issuer"), year: document.getElementById("filter-year"), kind: document.getElementById("filter-kind"), validity: document.getElementById("filter-validity") };
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const home = form.dataset.home;

  const loaded = new Map();
  const store = { volumes: [] };
  const keep = (key, value) => { store[key] = value; };
  window.gazetteSearch = {
    volumes: (rows) => keep("volumes", rows.map(([name, shards, documents, years]) => ({ name, shards, documents, years }))),
    catalogue: (name, rows) => keep("catalogue/" + name, rows.map((row, index) => Object.fromEntries([["index", index], ["volume", name], ...COLUMNS.map((column, at) => [column, row[at]])]))),
    pinyin: (name, rows) => keep("pinyin/" + name, rows),
    text: (name, units) => keep("text/" + name, units),
    shard: (name, index, pairs) => keep("shard/" + name + "/" + index, pairs),
  };

  function load(file) {
    if (!loaded.has(file)) {
      loaded.set(file, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = home + "assets/search/" + file;
        script.onload = resolve;
        script.onerror = () => { loaded.delete(file); reject(new Error(file)); };
        document.head.append(script);
      }));
    }
    return loaded.get(file);
  }

  /* One character stays one character: the same folding as folded() in search_index.py. */
  function folded(text) {
    let result = "";
    for (const unit of text.split("")) {
      const code = unit.charCodeAt(0);
      let out = unit;
      if (code >= 0xff01 && code <= 0xff5e) out = String.fromCharCode(code - 0xfee0);
      else if ("〔【［〖".includes(unit)) out = "[";
      else if ("〕】］〗".includes(unit)) out = "]";
      else if (unit === "　") out = " ";
      if (out === "［") out = "[";
      if (out === "］") out = "]";
      const low = out.toLowerCase();
      result += low.length === 1 ? low : out;
    }
    return result;
  }

  function decoded(text) {
    const places = [];
    let place = 0, shift = 1, difference = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = DIGITS.get(text[at]);
      difference += (digit % 32) * shift;
      if (digit >= 32) { shift *= 32; } else {
        place += difference;
        places.push(place);
        difference = 0;
        shift = 1;
      }
    }
    return places;
  }

  const shardOf = (pair, count) => (pair.charCodeAt(0) * 31 + pair.charCodeAt(1)) % count;

  async function placesOf(volume, pair) {
    const shard = shardOf(pair, volume.shards);
    await load(volume.name + "/" + shard + ".js");
    const text = store["shard/" + volume.name + "/" + shard][pair];
    return text === undefined ? [] : decoded(text);
  }

  /* Where the whole of term stands: the places of its pairs, shifted to its start, that all meet. */
  async function placesOfTerm(volume, term) {
    const offsets = new Set();
    for (let at = 0; at + 1 < term.length; at += 2) offsets.add(at);
    offsets.add(term.length - 2);
    const lists = await Promise.all([...offsets].map(async (offset) =>
      (await placesOf(volume, term.slice(offset, offset + 2))).map((place) => place - offset)));
    lists.sort((one, other) => one.length - other.length);
    let meeting = lists[0];
    for (const each of lists.slice(1)) {
      const known = new Set(each);
      meeting = meeting.filter((place) => known.has(place));
    }
    return meeting;
  }

  function documentAt(catalogue, place) {
    let low = 0, high = catalogue.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (catalogue[middle].start <= place) low = middle; else high = middle - 1;
    }
    return catalogue[low];
  }

  const NUMBER = /^(?:([\u4e00-\u9fff]{2,10}))?\s*(?:[[(<〈]\s*((?:19|20)?\d{2})\s*年?\s*[\])>〉]\s*第?|((?:19|20)\d{2})\s*年\s*第?)\s*0*(\d{1,5})\s*号?$/;

  function asNumber(query) {
    const found = NUMBER.exec(query);
    if (!found) return null;
    const year = Number(found[2] || found[3]);
    return { code: found[1] || "", year: year < 100 ? 2000 + year : year, serial: Number(found[4]) };
  }

  const isSpelling = (query) => /^[a-z][a-z' ]+$/.test(query);

  function spells(row, query) {
    const [spaced, initials] = row;
    const wanted = query.replace(/[' ]/g, "");
    if (initials.includes(wanted)) return true;
    const syllables = spaced.split(" ");
    for (let from = 0; from < syllables.length; from++) {
      let joined = "";
      for (let to = from; to < syllables.length && joined.length < wanted.length; to++) joined += syllables[to];
      if (joined.startsWith(wanted)) return true;
    }
    return false;
  }

  function passes(entry) {
    return (!filters.issuer.value || entry.issuer === filters.issuer.value)
      && (!filters.year.value || entry.date.startsWith(filters.year.value))
      && (!filters.kind.value || entry.kind === filters.kind.value)
      && (!filters.validity.value || (entry.validity || "未注明") === filters.validity.value);
  }

  /* The documents of one volume that answer, each with the places of its hits. */
  async function searchVolume(volume, query) {
    const terms = query.split(" ").filter(Boolean);
    const finding = Promise.all(terms.map((term) => placesOfTerm(volume, term)));
    await load(volume.name + "/catalogue.js");
    const catalogue = store["catalogue/" + volume.name];
    const hits = new Map();
    const hit = (entry, place, direct) => {
      if (!hits.has(entry)) hits.set(entry, { entry, places: [], direct: false });
      const own = hits.get(entry);
      if (place >= 0) own.places.push(place);
      own.direct = own.direct || direct;
    };
    const number = asNumber(query);
    if (number) {
      for (const entry of catalogue) {
        if (entry.year === number.year && entry.serial === number.serial && (!number.code || entry.code === number.code)) hit(entry, -1, true);
      }
    }
    if (isSpelling(query)) {
      await load(volume.name + "/pinyin.js");
      store["pinyin/" + volume.name].forEach((row, index) => { if (spells(row, query)) hit(catalogue[index], -1, true); });
    }
    const found = await finding;
    let answering = null;
    for (const places of found) {
      const documents = new Set(places.map((place) => documentAt(catalogue, place)));
      answering = answering === null ? documents : new Set([...answering].filter((each) => documents.has(each)));
    }
    for (const places of found) {
      for (const place of places) {
        const entry = documentAt(catalogue, place);
        if (answering.has(entry)) hit(entry, place, place - entry.start < entry.title.length);
      }
    }
    return [...hits.values()].filter((each) => passes(each.entry)).sort((one, other) =>
      Number(other.direct) - Number(one.direct) || other.entry.date.localeCompare(one.entry.date) || one.entry.index - other.entry.index);
  }

  function marked(target, text, terms) {
    const low = folded(text);
    let at = 0;
    while (at < text.length) {
      let next = -1, length = 0;
      for (const term of terms) {
        const place = low.indexOf(term, at);
        if (place >= 0 && (next < 0 || place < next)) { next = place; length = term.length; }
      }
      if (next < 0) break;
      target.append(text.slice(at, next));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + length);
      target.append(mark);
      at = next + length;
    }
    target.append(text.slice(at));
  }

  /* The sentence around a hit. */
  function sentence(text, offset, length) {
    const STOPS = "。；！？";
    let from = offset, to = offset + length;
    while (from > 0 && !STOPS.includes(text[from - 1]) && offset - from < 60) from--;
    while (to < text.length && !STOPS.includes(text[to - 1]) && to - offset < 90) to++;
    return (from > 0 && !STOPS.includes(text[from - 1]) ? "……" : "") + text.slice(from, to) + (to < text.length && !STOPS.includes(text[to - 1]) ? "……" : "");
  }

  async function snippets(hit, terms) {
    const { entry } = hit;
    const rows = [];
    const inText = hit.places.filter((place) => place - entry.start >= entry.title.length).sort((one, other) => one - other);
    if (!inText.length) return rows;
    await load("text/" + entry.text + ".js");
    const units = store["text/" + entry.text];
    let start = entry.start, unit = 0, last = -1;
    for (const place of inText) {
      while (unit < units.length && place >= start + units[unit][1].length + 1) { start += units[unit][1].length + 1; unit++; }
      if (unit === last || unit >= units.length) continue;
      last = unit;
      const [anchor, text] = units[unit];
      rows.push({ anchor, text: sentence(text, place - start, terms[0].length) });
      if (rows.length === SNIPPETS) break;
    }
    return rows;
  }

  async function shownItem(hit, terms) {
    const { entry } = hit;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = home + entry.path;
    marked(link, entry.title, terms);
    const heading = document.createElement("h2");
    heading.append(link);
    const data = document.createElement("p");
    data.className = "contents-data";
    data.textContent = `${entry.code}〔${entry.year}〕${entry.serial}号　${entry.issuer}　${entry.issue}${entry.validity ? "　" + entry.validity : ""}`;
    item.append(heading, data);
    for (const row of await snippets(hit, terms)) {
      const quote = document.createElement("p");
      quote.className = "snippet";
      const to = document.createElement("a");
      to.href = home + entry.path + (row.anchor ? "#" + encodeURIComponent(row.anchor) : "");
      marked(to, row.text, terms);
      quote.append(to);
      item.append(quote);
    }
    return item;
  }

  let run = 0;
  let waiting = [];
  let volumeAt = 0;

  async function proceed(own, query, terms, wanted) {
    while (waiting.length < wanted && volumeAt < store.volumes.length) {
      const volume = store.volumes[volumeAt];
      volumeAt += 1;
      const hits = await searchVolume(volume, query);
      if (own !== run) return;
      waiting.push(...hits);
    }
    const shown = waiting.splice(0, wanted);
    const items = await Promise.all(shown.map((hit) => shownItem(hit, terms)));
    if (own !== run) return;
    list.append(...items);
    const rest = waiting.length || volumeAt < store.volumes.length;
    more.hidden = !rest;
    more.onclick = async () => {
      const at = list.children.length;
      status.dataset.state = "busy";
      await proceed(own, query, terms, PAGE);
      status.dataset.state = "done";
      if (list.children[at]) list.children[at].querySelector("a").focus();
    };
    const count = list.children.length;
    const whole = volumeAt >= store.volumes.length;
    status.textContent = count === 0 ? `没有找到“${box.value.trim()}”。可以减少字数，或换一个说法。`
      : whole ? `找到 ${count + waiting.length} 份公文，显示 ${count} 份。` : `已显示 ${count} 份公文，更早的还没有查。`;
  }

  async function search() {
    status.dataset.state = "busy";
    await answer();
    status.dataset.state = "done";
  }

  async function answer() {
    const own = ++run;
    const query = folded(box.value.trim().replace(/\s+/g, " "));
    const terms = query.split(" ").filter(Boolean);
    list.replaceChildren();
    more.hidden = true;
    waiting = [];
    volumeAt = 0;
    if (!terms.length) { status.textContent = ""; return; }
    if (terms.some((term) => term.length < 2)) { status.textContent = "请至少输入两个字。"; return; }
    status.textContent = "正在查找……";
    try {
      await load("volumes.js");
      if (own === run) await proceed(own, query, terms, PAGE);
    } catch (error) {
      if (own === run) status.textContent = "索引没有取到，请刷新页面再试。";
    }
  }

  function remember() {
    const words = new URLSearchParams();
    if (box.value.trim()) words.set("q", box.value.trim());
    for (const [name, select] of Object.entries(filters)) if (select.value) words.set(name, select.value);
    try { history.replaceState(null, "", words.toString() ? "?" + words : location.pathname); } catch (error) { /* file:// in some browsers */ }
  }

  const asked = new URLSearchParams(location.search);
  box.value = asked.get("q") || "";
  for (const [name, select] of Object.entries(filters)) {
    if ([...select.options].some((option) => option.value === asked.get(name))) select.value = asked.get(name);
    select.addEventListener("change", () => { remember(); search(); });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); remember(); search(); });
  if (box.value) search(); else {
    box.focus();
    /* Fetched while the reader types. */
    load("volumes.js").then(() => store.volumes.length && load(store.volumes[0].name + "/catalogue.js")).catch(() => {});
  }
}());

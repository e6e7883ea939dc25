/* How one answer is shown: title, data, why it is there, and the sentences that speak of it. */
"use strict";
(function (search) {
  const SNIPPETS = 3;
  const STOPS = "。；！？";

  const element = (name, className, text = "") => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.textContent = text;
    return made;
  };

  /* Names of offices that a line does not part, the longest first, as the server lists them. */
  const NAMES = (document.getElementById("search-results").dataset.names || "").split("|").filter(Boolean);

  /* Where text names an office, as [from, to]. */
  function namesIn(text) {
    const found = [];
    for (let at = 0; at < text.length;) {
      const name = NAMES.find((each) => text.startsWith(each, at));
      if (name) found.push([at, at + name.length]);
      at += name ? name.length : 1;
    }
    return found;
  }

  /* Appends text to target, the forms in it marked, and each of wholes ([from, to]) on one line. */
  function marked(target, text, forms, isEverywhere, wholes = []) {
    const low = search.text.folded(text);
    const places = forms.flatMap((form) => search.edges.places(low, form, isEverywhere).map((place) => ({ place, length: form.length })));
    places.sort((one, other) => one.place - other.place || other.length - one.length);
    const marks = [];
    for (const { place, length } of places) if (!marks.length || place >= marks[marks.length - 1].to) marks.push({ place, to: place + length });
    const add = (parent, from, to) => {
      let at = from;
      for (const mark of marks.filter((each) => each.place < to && each.to > from)) {
        const begin = Math.max(mark.place, from), end = Math.min(mark.to, to);
        parent.append(text.slice(at, begin), element("mark", "", text.slice(begin, end)));
        at = end;
      }
      parent.append(text.slice(at, to));
    };
    let at = 0;
    for (const [from, to] of wholes) {
      const whole = element("span", "kept");
      add(target, at, from);
      add(whole, from, to);
      target.append(whole);
      at = to;
    }
    add(target, at, text.length);
  }

  /* The sentence around a hit. */
  function sentence(text, offset, length) {
    let from = offset, to = offset + length;
    while (from > 0 && !STOPS.includes(text[from - 1]) && offset - from < 60) from--;
    while (to < text.length && !STOPS.includes(text[to - 1]) && to - offset < 90) to++;
    return (from > 0 && !STOPS.includes(text[from - 1]) ? "……" : "") + text.slice(from, to) + (to < text.length && !STOPS.includes(text[to - 1]) ? "……" : "");
  }

  /* The lines below the title in which one of the forms stands, those with more of them first. */
  function snippets(units, forms, isEverywhere) {
    const found = [];
    units.slice(1).forEach(([anchor, text], number) => {
      const low = search.text.folded(text);
      const own = forms.map((form) => ({ form, place: search.edges.places(low, form, isEverywhere)[0] })).filter(({ place }) => place !== undefined);
      if (own.length) found.push({ anchor, number, count: own.length, text: sentence(text, own[0].place, own[0].form.length) });
    });
    found.sort((one, other) => other.count - one.count || one.number - other.number);
    return found.slice(0, SNIPPETS).sort((one, other) => one.number - other.number);
  }

  const relatedBy = (words) => element("p", "related-by", `相关（${words.slice(0, 3).join("、")}）`);

  /* What the other lists tell of a document, each part of it whole at the end of a line. */
  function particulars(row) {
    const [year, month, day] = row.date.split("-").map(Number);
    const date = element("time", "", `${year}年${month}月${day}日`);
    date.dateTime = row.date;
    const line = element("p", "contents-data");
    const parts = [element("span", "number", row.number || row.kind), element("span", "", row.issuers.join("、")), date, element("span", "", row.issue), element("span", "", row.validity)];
    parts.filter((part) => part.textContent).forEach((part) => line.append(part, " "));
    return line;
  }

  function shownItem(hit, row) {
    const item = element("li");
    item.dataset.group = ["direct", "related", "inside"][hit.group];
    const link = element("a");
    link.href = search.home + row.path;
    marked(link, row.title, hit.forms, hit.group === search.find.INSIDE, namesIn(row.title));
    const heading = element("h2");
    heading.append(link);
    item.append(heading);
    if (hit.via.length) item.append(relatedBy(hit.via));
    item.append(particulars(row));
    return item;
  }

  /* Adds the sentences with the hit; tells whether the document truly has what its pairs promised. */
  async function completeItem(item, hit, row) {
    let units;
    try {
      units = await search.index.load(`text/${row.text}`);
    } catch (error) {
      search.missing.add(error.message);
      return true;
    }
    const whole = units.map(([, text]) => search.text.folded(text));
    const holds = (form) => whole.some((line) => line.includes(form));
    if (hit.check.some((term) => ![...term.forms, ...(term.related || [])].some(holds))) return false;
    const others = hit.check.filter((term) => !term.forms.some(holds)).map((term) => term.related.find(holds));
    if (others.length) {
      item.dataset.group = "related";
      item.querySelector("h2").after(relatedBy(others));
      hit.forms.push(...others);
    }
    const isEverywhere = !whole.some((line) => hit.forms.some((form) => search.edges.places(line, form, false).length));
    for (const { anchor, text } of snippets(units, hit.forms, isEverywhere)) {
      const quote = element("p", "snippet");
      const to = element("a");
      to.href = search.home + row.path + (anchor ? "#" + encodeURIComponent(anchor) : "");
      marked(to, text, hit.forms, isEverywhere);
      quote.append(to);
      item.append(quote);
    }
    return true;
  }

  search.results = { element, shownItem, namesIn, completeItem };
}(window.gazetteSearch = window.gazetteSearch || {}));

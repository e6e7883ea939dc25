/* Which documents answer a query, and in which order: one ranking over all volumes. */
"use strict";
(function (search) {
  const IN_TITLE = 1, WORD_IN_TITLE = 2, BEGINS_WORD = 4, ENDS_WORD = 8, FREQUENCY = 4;
  /* The groups of answers, the first of which is shown first. */
  const DIRECT = 0, RELATED = 1, INSIDE = 2;
  const DAY = 86400000;
  /* Pairs of a text all of which are looked at, and pairs of a longer one at most: each may take a file. */
  const MOST_PAIRS = 5, MOST_KEYS = 10;
  /* Places inside a word of the longest kind that divides Chinese texts. */
  const LONGEST_INNER = 3;
  /* What a document is less worth that is not the decision itself, and one that speaks of everything in a year. */
  const LATER = [0, 40, 110];
  /* What a hit is less worth whose words are other ones than those that were typed. */
  const OTHER_WORDS = 150;

  /* Whether the pairs of a document, though it has all, hardly stand together: no word is so long as to cover the
     places where by their flags no word begins or ends. 政局 of 财政局 and 民政 of 人民政府 are no 民政局. */
  function isScattered(flags) {
    if (flags.length < 2) return false;
    let run = 0, isAtEdge = true;
    for (let place = 0; place <= flags.length + 1; place++) {
      const isPossible = (place >= flags.length || flags[place] & BEGINS_WORD) && (place < 2 || flags[place - 2] & ENDS_WORD);
      run = isPossible ? 0 : run + 1;
      if (isPossible) isAtEdge = false;
      if (run > LONGEST_INNER || (run === LONGEST_INNER && (isAtEdge || place === flags.length + 1))) return true;
    }
    return false;
  }

  /* The keys by which a text is looked for, most of them where it is given (2 or more). Of a long text some are enough: its
     own text is looked at before it is an answer. */
  function keysFor(text, most = Infinity) {
    const all = search.index.keysOf(text);
    const usual = all.length > MOST_PAIRS ? Math.max(2, Math.ceil(all.length / MOST_KEYS)) : 1;
    const step = Math.max(usual, Math.ceil((all.length - 1) / (most - 1)));
    return all.filter((key, place) => place % step === 0 || place === all.length - 1);
  }

  /* How many forms of each list are looked for, the first ones in turns, so that they take no more files than about room.
     keys are those of files that are taken anyhow; those of the forms are added. */
  function within(room, keys, lists) {
    const counts = lists.map(() => 0);
    let left = room;
    for (let turn = 0; lists.some((list, number) => counts[number] === turn && turn < list.length); turn++) {
      lists.forEach((list, number) => {
        if (counts[number] < turn || turn >= list.length) return;
        const own = keysFor(list[turn]).filter((key) => !keys.has(key));
        if (own.length && left <= 0) return;
        own.forEach((key) => keys.add(key));
        left -= own.length;
        counts[number] += 1;
      });
    }
    return counts;
  }

  /* The documents that hold all pairs of a text: the flags that all pairs have, of the first one, and of the last. Of the
     pairs most are looked at where it is given. */
  async function holders(volume, text, most) {
    const all = search.index.keysOf(text), keys = keysFor(text, most);
    const isHan = /^[\u3400-\u9fff]+$/.test(text);
    const read = (some) => Promise.all(some.map((key) => search.index.postings(volume, key)));
    /* Of a long text few documents have even the first pairs: the others are not fetched for none. */
    const lists = await read(keys.slice(0, MOST_PAIRS));
    const isOpen = () => lists.every((list) => !list) || [...(lists.find(Boolean) || new Map()).keys()].some((place) => lists.every((list) => !list || list.has(place)));
    if (keys.length > MOST_PAIRS && isOpen()) lists.push(...await read(keys.slice(MOST_PAIRS)));
    else if (keys.length > MOST_PAIRS) return new Map();
    const known = lists.filter(Boolean);
    if (!known.length) return new Map();
    const rarest = known.reduce((one, other) => (other.size < one.size ? other : one));
    const found = new Map();
    for (const place of rarest.keys()) {
      const flags = known.map((list) => list.get(place));
      if (flags.includes(undefined)) continue;
      found.set(place, {
        all: flags.reduce((one, other) => one & other),
        frequency: Math.min(...flags.map((each) => each >> FREQUENCY)),
        first: flags[0],
        last: flags[flags.length - 1],
        scattered: known.length === all.length && isHan && isScattered(flags),
      });
    }
    return found;
  }

  /* How well a document answers by one form of a term: at 0 the form is only part of other words. */
  function worth(holder, text, titleLength) {
    if (holder.scattered) return 0;
    const more = holder.frequency * 20;
    const inTitle = (holder.first & WORD_IN_TITLE) || (holder.last & WORD_IN_TITLE);
    if ((holder.all & IN_TITLE) && inTitle) return 600 + Math.round(300 * Math.min(1, text.length / titleLength)) + more;
    const begins = holder.first & BEGINS_WORD, ends = holder.last & ENDS_WORD;
    if (begins && ends) return 320 + more;
    return begins || ends ? 220 + more : 0;
  }

  /* For each document that has the term or a word for it: its worth, its group, and the form that it has. */
  async function answersToTerm(volume, columns, term) {
    const sounds = term.exact ? [] : search.sounds.soundForms(term.text);
    const forms = [
      ...term.forms.map((form) => ({ form, group: DIRECT, shown: form })),
      ...sounds.map((form) => ({ form, group: DIRECT, shown: "" })),
      ...(term.related || []).map((form, place) => ({ form, group: RELATED, shown: form, less: place * 15 })),
    ];
    const held = await Promise.all(forms.map(({ form }) => holders(volume, form, term.mostKeys)));
    const answers = new Map();
    forms.forEach(({ form, group, shown, less = 0 }, number) => {
      for (const [place, holder] of held[number]) {
        const column = columns[place];
        if (!column) continue;
        let score = worth(holder, form, column.length);
        if (form === term.number && score >= 600) score = 2000;
        const own = { group: score ? group : INSIDE, score: Math.max(0, score - less), form: shown };
        if (!score && group === RELATED) continue;
        const before = answers.get(place);
        if (!before || own.group < before.group || (own.group === before.group && own.score > before.score)) answers.set(place, own);
      }
    });
    return answers;
  }

  function passes(column, filters) {
    return (!filters.issuer || column.issuers.includes(filters.issuer))
      && (!filters.kind || column.type === filters.kind)
      && (!filters.validity || (column.state || "未注明") === filters.validity)
      && (!filters.from || column.day >= Date.parse(filters.from) / DAY)
      && (!filters.to || column.day <= Date.parse(filters.to) / DAY)
      && (!filters.year || new Date(column.day * DAY).getUTCFullYear() === Number(filters.year));
  }

  /* The volumes that can have a document that passes the filters. */
  function volumesFor(volumes, filters) {
    return volumes.filter((volume) => (!filters.issuer || volume.issuers.includes(filters.issuer))
      && (!filters.year || (volume.from.slice(0, 4) <= filters.year && filters.year <= volume.to.slice(0, 4)))
      && (!filters.from || volume.to >= filters.from) && (!filters.to || volume.from <= filters.to));
  }

  const byDay = (one, other) => other.column.day - one.column.day || Number(other.volume.name) - Number(one.volume.name) || one.place - other.place;
  const byWorth = (one, other) => other.score - one.score || one.column.rank - other.column.rank || byDay(one, other);

  const isTitled = (own) => own.every((each) => each.score >= 600);

  async function hitsIn(volume, terms, filters) {
    const [columns, ...answers] = await Promise.all([search.index.columns(volume), ...terms.map(async (term) => answersToTerm(volume, await search.index.columns(volume), term))]);
    const hits = [];
    const places = answers.length ? answers.reduce((one, other) => (other.size < one.size ? other : one)).keys() : columns.keys();
    for (const place of places) {
      const own = answers.map((each) => each.get(place));
      if (own.some((each) => !each) || !passes(columns[place], filters)) continue;
      const group = Math.max(DIRECT, ...own.map((each) => each.group));
      hits.push({
        volume, place, group, column: columns[place],
        score: own.reduce((sum, each) => sum + each.score - (each.group === RELATED ? OTHER_WORDS : 0), 0) - (isTitled(own) ? 0 : LATER[columns[place].rank]),
        forms: own.map((each) => each.form).filter(Boolean),
        via: own.filter((each) => each.group === RELATED).map((each) => each.form),
      });
    }
    return hits;
  }

  /* All documents that have the terms, or pass the filters where there are none: by group, the best first. */
  async function find(terms, filters) {
    const volumes = volumesFor(await search.index.load("volumes"), filters);
    const hits = (await Promise.all(volumes.map((volume) => hitsIn(volume, terms, filters)))).flat();
    hits.sort(filters.order === "date" || !terms.length ? byDay : byWorth);
    const groups = [DIRECT, RELATED, INSIDE].map((group) => hits.filter((hit) => hit.group === group));
    return { direct: groups[DIRECT], related: groups[RELATED], inside: groups[INSIDE] };
  }

  search.find = { find, holders, keysFor, within, worth, passes, volumesFor, byDay, byWorth, RELATED, INSIDE, LATER };
}(window.gazetteSearch = window.gazetteSearch || {}));

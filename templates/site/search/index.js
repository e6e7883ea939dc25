/* The files of the index that web/search/search_index.py writes: fetched once, when they are needed. */
"use strict";
(function (search) {
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
  const DIGITS = new Map([...ALPHABET].map((digit, value) => [digit, value]));
  const SEPARATOR = "\n";
  const END = "|";
  const PARTS = 4096;
  const ROWS = 5;
  const FIELD = 10;
  const DAY = 86400000;

  /* Words of documents by each everyday word, from rows of them. The object has no other properties. */
  const wordsOf = (text) => text.split("|").filter(Boolean).map((row) => row.split(" ")).reduce((words, [word, ...others]) => { words[word] = others; return words; }, Object.create(null));

  /* The first of the files of words. A browser may have kept one of another form: it is none, as if it were missing. */
  const DICTIONARY_FORM = 1;
  const dictionaryOf = (words, marks, version, places, names) => ({
    words: wordsOf(words),
    isMarked: (place) => Boolean(DIGITS.get(marks[Math.floor(place / 6)]) >> place % 6 & 1),
    version, places, names: Object.assign(Object.create(null), names),
  });

  const store = new Map();
  const loading = new Map();
  search.receive = {
    volumes: (list) => store.set("volumes", list.map(volumeOf)),
    columns: (name, ...values) => store.set(`${name}/columns`, columnsOf(...values)),
    rows: (name, number, list) => store.set(`${name}/rows/${number}`, list.map(rowOf)),
    pairs: (name, number, blocks) => store.set(`${name}/${number}`, postingsByPair(blocks)),
    text: (name, units) => store.set(`text/${name}`, units),
    dictionary: (form, ...values) => { if (form === DICTIONARY_FORM) store.set("dictionary", dictionaryOf(...values)); },
    wordRows: (number, words) => store.set(`words/${number}`, wordsOf(words)),
    soundRows: (number, words) => store.set(`sounds/${number}`, words.split(" ").filter(Boolean)),
    spelling: (words, characters) => store.set("spelling", spellingOf(words, characters)),
    edges: (number, neighbours) => store.set(`edges/${number}`, neighbours),
    simplified: (from, to) => store.set("simplified", { from, to }),
  };

  /* What a file of the index holds. Rejects if the file is missing or cut off. */
  function load(key, version) {
    if (!loading.has(key)) {
      loading.set(key, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${search.home}assets/search/${key}.js${version ? "?" + version : ""}`;
        script.onload = () => { if (store.has(key)) resolve(store.get(key)); else script.onerror(); };
        script.onerror = () => { loading.delete(key); reject(new Error(key)); };
        document.head.append(script);
      }));
    }
    return loading.get(key);
  }

  function volumeOf([name, version, files, blocks, from, to, issuers]) {
    const starts = [];
    let count = 0;
    for (const length of blocks) { starts.push(count); count += length; }
    return { name, version, files, starts, count, from, to, issuers };
  }

  function valueOf(text, at, digits) {
    let value = 0;
    for (let place = at; place < at + digits; place++) value = value * 64 + DIGITS.get(text[place]);
    return value;
  }

  /* 有效性 on the reader's day; a clock that shows a day before that of the index is wrong. */
  const day = () => { const own = document.getElementById("search-form").dataset.day, now = window.gazetteStates.today(); return now < own ? own : now; };
  const stateNow = (state, later) => (later ? window.gazetteStates.stateOn(`0001-01-01 ${state},${later}`, day()) : state);

  const inWords = (state) => state && (state === "现行有效" ? `${state}（本刊标注）` : `${state}（截至${window.gazetteStates.inWords(day())}）`);

  function columnsOf(first, issuers, types, states, fields, later) {
    const start = Date.parse(first) / DAY;
    return Array.from({ length: fields.length / FIELD }, (_, place) => {
      const at = place * FIELD;
      return {
        day: start + valueOf(fields, at, 3),
        issuers: issuers[valueOf(fields, at + 3, 2)],
        type: types[valueOf(fields, at + 5, 2)],
        state: stateNow(states[valueOf(fields, at + 7, 1)], later[place]),
        length: valueOf(fields, at + 8, 1),
        rank: valueOf(fields, at + 9, 1),
      };
    });
  }

  function rowOf([place, title, number, kind, issuers, date, issue, validity, digest, later]) {
    const state = stateNow(validity, later);
    return { path: place + "/index.html", title, number, kind, issuers, date, issue, validity: inWords(state), text: `${place}-${digest}` };
  }

  const spelt = (text, sounds) => ({ text, sounds: [...text].map((character) => sounds.get(character) || "") });

  /* Words with their syllables, in which a syllable stands for its number; and the syllable of each character. */
  function spellingOf(words, characters) {
    const sounds = new Map();
    characters.split(" ").forEach((row, number) => { for (const character of row) sounds.set(character, search.sounds.SYLLABLES[number]); });
    return { words: words.split(" ").filter(Boolean).map((text) => spelt(text, sounds)), sounds };
  }

  const width = (text, at) => (text.codePointAt(at) > 0xffff ? 2 : 1);

  /* For each pair, the blocks that have it with their postings, still encoded. */
  function postingsByPair(blocks) {
    const pairs = new Map();
    blocks.forEach((text, block) => {
      for (let at = 0; at < text.length;) {
        let start = at + width(text, at);
        start += width(text, start);
        const end = text.indexOf(END, start);
        const pair = text.slice(at, start);
        if (!pairs.has(pair)) pairs.set(pair, []);
        pairs.get(pair).push([block, text.slice(start, end)]);
        at = end + 1;
      }
    });
    return pairs;
  }

  /* The keys under which a text stands in the index: its pairs, or a single character. */
  function keysOf(text) {
    const characters = [...text];
    if (characters.length === 1) return [characters[0] + SEPARATOR];
    return characters.slice(1).map((character, place) => characters[place] + character);
  }

  /* The documents of a volume that hold a key, with their flags; null if the file is missing. */
  async function postings(volume, key) {
    const part = (key.codePointAt(0) * 31 + key.codePointAt(width(key, 0))) % PARTS;
    let file;
    try {
      file = await load(`${volume.name}/${part % volume.files}`, volume.version);
    } catch (error) {
      search.missing.add(error.message);
      return null;
    }
    const found = new Map();
    for (const [block, text] of file.get(key) || []) {
      let place = volume.starts[block] - 1, shift = 1;
      for (let at = 0; at < text.length; at++) {
        const digit = DIGITS.get(text[at]);
        place += (digit % 32) * shift;
        if (digit >= 32) { shift *= 32; continue; }
        shift = 1;
        at += 1;
        found.set(place, DIGITS.get(text[at]));
      }
    }
    return found;
  }

  async function columns(volume) {
    try {
      return await load(`${volume.name}/columns`, volume.version);
    } catch (error) {
      search.missing.add(error.message);
      return [];
    }
  }

  /* The row of each hit; undefined where its file is missing. */
  async function rows(hits) {
    return Promise.all(hits.map(async ({ volume, place }) => {
      try {
        return (await load(`${volume.name}/rows/${Math.floor(place / ROWS)}`, volume.version))[place % ROWS];
      } catch (error) {
        search.missing.add(error.message);
        return undefined;
      }
    }));
  }

  search.home = "";
  search.missing = new Set();
  search.index = { load, keysOf, postings, columns, rows, spelt };
}(window.gazetteSearch = window.gazetteSearch || {}));

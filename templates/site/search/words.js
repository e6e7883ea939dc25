/* What people say and what documents say for it, names of offices, and traditional characters. */
"use strict";
(function (search) {
  /* The short name of an office, of which no part is to be looked for. */
  const BUREAU = /^[\u4e00-\u9fff]{2,6}(?:局|委员会|办公室)$/;
  const OFFICE = /(?:局|委|办|办公室|厅|院|所|站|中心|大队|支队|政府|委员会|公司|联社|社|队)$/;

  /* As web/search/search_data.py divides everyday words by their first two characters. */
  const MARKS = 32768, FILES = 256;
  const placeOf = (first, second) => (first.codePointAt(0) * 31 + second.codePointAt(0)) % MARKS;

  /* The everyday words that stand in texts, or begin as something in them does, with the words of documents for each;
     the names of places and of offices. Only the files are fetched that can have such words. */
  async function dictionary(texts) {
    let first;
    try {
      first = await search.index.load("dictionary");
    } catch (error) {
      search.missing.add(error.message);
      return { words: Object.create(null), places: [], names: Object.create(null) };
    }
    const places = texts.map((text) => [...text]).flatMap((characters) => characters.slice(1).map((second, at) => placeOf(characters[at], second)));
    const numbers = [...new Set(places.filter(first.isMarked).map((place) => place % FILES))];
    const rows = await Promise.all(numbers.map((number) => search.index.load(`words/${number}`, first.version).catch((error) => { search.missing.add(error.message); })));
    return { words: Object.assign(Object.create(null), first.words, ...rows), places: first.places, names: first.names };
  }

  /* A name of an office without the name of its place: 甲县民政局 and 县民政局 are 民政局. */
  function officeAlone(text, places) {
    if (!OFFICE.test(text)) return "";
    for (const place of places) {
      for (const start of [place, place.slice(-1)]) {
        if (text.startsWith(start) && text.length > start.length + 2) return text.slice(start.length);
      }
    }
    return "";
  }

  /* Characters of the standard GB/T 2312: all others may be traditional ones. */
  let simple = null;
  function isSimple(text) {
    if (!simple) {
      const bytes = [];
      for (let high = 0xb0; high <= 0xf7; high++) for (let low = 0xa1; low <= 0xfe; low++) bytes.push(high, low);
      simple = new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
    }
    return [...text].every((character) => character < "\u3400" || character > "\u9fff" || simple.has(character));
  }

  /* The terms, with simplified characters besides where they have traditional ones. */
  async function withSimplified(terms) {
    if (terms.every((term) => isSimple(term.text))) return terms;
    try {
      const { from, to } = await search.index.load("simplified");
      const simplified = (text) => [...text].map((character) => (from.includes(character) ? to[from.indexOf(character)] : character)).join("");
      return terms.map((term) => ({ ...term, text: simplified(term.text), forms: [...new Set([...term.forms, ...term.forms.map(simplified)])] }));
    } catch (error) {
      search.missing.add(error.message);
      return terms;
    }
  }

  /* Other words of one term that are looked for: each may take several files. The same as MOST_SEARCH_WORDS. */
  const MOST_RELATED = 5;
  /* Files that other words of all terms may take. */
  const FILES_OF_RELATED = 16;

  /* What belongs to many affairs is no other word for one of them: 免费 is none for 免费学技术. */
  const isAlike = (word, other) => search.question.isGeneral(word) || !search.question.isGeneral(other);

  /* Other words for each term that is no phrase. */
  async function withRelated(typed) {
    const terms = await withSimplified(typed);
    const { words, places, names } = await dictionary(terms.filter((term) => !term.exact).map((term) => term.text));
    const alone = (term) => officeAlone(term.text, places);
    /* 县医保局 has the words of 医保局. */
    const wordsFor = (term) => words[term.text] || words[alone(term)] || [];
    const others = terms.map((term) => (term.exact ? [] : wordsFor(term).filter((word) => isAlike(term.text, word) && word !== term.text).slice(0, MOST_RELATED)));
    const counts = search.find.within(FILES_OF_RELATED, new Set(terms.flatMap((term) => search.find.keysFor(term.text))), others);
    return terms.map((term, number) => {
      if (term.exact) return term;
      const own = alone(term);
      const related = [...others[number].slice(0, counts[number]), own, ...(names[term.text] || names[own] || [])];
      return { ...term, isOffice: Boolean(own) || BUREAU.test(term.text), related: [...new Set(related)].filter((word) => word && word !== term.text) };
    });
  }

  search.words = { dictionary, withRelated };
}(window.gazetteSearch = window.gazetteSearch || {}));

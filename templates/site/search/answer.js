/* What a query is answered with: documents that have its words, then those that have other words for them. */
"use strict";
(function (search) {
  /* Where fewer documents have the words of a query, it is taken for a question besides. */
  const FEW = 5;
  /* Files that the words of a query may take. */
  const MOST_KEYS = 12;
  /* The place, from 0, at which the best document with the very words of a query stands at the latest. */
  const OWN_PLACE = 1;

  const nameOf = (hit) => `${hit.volume.name}/${hit.place}`;

  /* Whether there is more in a query than one word, a number or the name of an office, which a question would not better. */
  const isDivisible = (terms) => !terms.some((term) => term.exact) && !terms.every((term) => term.isOffice) && terms.map((term) => term.text).join("").length > 2;

  /* Whether the words of a query would take too many files. */
  const isTooMuch = (terms) => terms.flatMap((term) => search.find.keysFor(term.text, term.mostKeys)).length > MOST_KEYS;

  /* A phrase in quotation marks is to stand there as it is: a number in its form is none. */
  const isQuoted = (terms) => terms.some((term) => term.exact && !term.number);

  /* The terms of a query: where its words would take too many files, each has an equal share of them. */
  function sharing(terms) {
    const share = Math.floor(MOST_KEYS / terms.length);
    return isTooMuch(terms) && share > 1 ? terms.map((term) => ({ ...term, mostKeys: share })) : terms;
  }

  /* The groups of answers to query, and first: those that are listed at once, in their order. */
  async function answer(query, filters) {
    const terms = sharing(await search.words.withRelated(search.text.terms(query)));
    if (!terms.length && !Object.entries(filters).some(([name, value]) => name !== "order" && value)) return null;
    /* What would take too many files even so is a question, of which some words are left out. */
    const isOnlyQuestion = isTooMuch(terms);
    const groups = isOnlyQuestion ? { direct: [], related: [], inside: [] } : await search.find.find(terms, filters);
    const count = groups.direct.length + groups.related.length;
    let questionHits = [], substitutions = [], kept = [];
    const isQuestion = isOnlyQuestion || !isQuoted(terms) && (count < FEW && isDivisible(terms) || !count);
    if (terms.length && isQuestion) {
      const reply = await search.question.answer(terms.map((term) => term.text).join(" "), filters);
      const known = new Set([...groups.direct, ...groups.related].map(nameOf));
      questionHits = reply.hits.filter((hit) => !known.has(nameOf(hit)));
      /* Beside answers with the words that were typed it would not be true that others were looked for instead. */
      if (questionHits.length && !count) ({ substitutions, kept } = reply);
    }
    const listed = [...groups.direct, ...groups.related];
    if (filters.order !== "date" && terms.length) {
      listed.sort(search.find.byWorth);
      /* What has the very words that were typed is seen at once, though other words for them stand in titles. */
      const own = listed.indexOf(groups.direct[0]);
      if (own > OWN_PLACE) listed.splice(OWN_PLACE, 0, ...listed.splice(own, 1));
    }
    return { ...groups, related: [...groups.related, ...questionHits], first: [...listed, ...questionHits], terms, substitutions, kept, isEmpty: !count };
  }

  search.answer = answer;
}(window.gazetteSearch = window.gazetteSearch || {}));

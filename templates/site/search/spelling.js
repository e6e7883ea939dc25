/* What a reader may have meant who found nothing: words of the archive that sound or look nearly the same. */
"use strict";
(function (search) {
  const MOST = 4;
  const TRIED = 12;
  /* Terms of a query for which others are offered. */
  const MOST_REPLACED = 2;
  /* Characters of the longest word that is looked for by its sound. */
  const LONGEST_HOMOPHONE = 5;
  /* Characters of the longest question in which words are looked for by their sound. */
  const LONGEST_MISSPELT = 10;
  /* Characters of the longest term for which others are offered, and letters. */
  const LONGEST_MEANT = 6, LONGEST_LETTERS = 24;
  /* Words that are looked for in place of one that sounds like them. */
  const MOST_HOMOPHONES = 2;
  /* Differences of sound that people of many places do not hear: 平舌和翘舌, 前鼻音和后鼻音, n l r, f h. */
  const NEAR = [[/^([zcs])h/, "$1"], [/^[nr](?=[aeiouv])/, "l"], [/^h(?=u|o|e)/, "f"], [/ng$/, "n"]];

  const near = (syllable) => NEAR.reduce((sound, [from, to]) => sound.replace(from, to), syllable);

  /* Letters or characters to insert, leave out or replace; at most two are counted. */
  function distance(one, other) {
    if (Math.abs(one.length - other.length) > 1) return 2;
    let before = [...Array(other.length + 1).keys()];
    for (let row = 1; row <= one.length; row++) {
      const now = [row];
      for (let at = 1; at <= other.length; at++) {
        now[at] = Math.min(before[at] + 1, now[at - 1] + 1, before[at - 1] + (one[row - 1] === other[at - 1] ? 0 : 1));
      }
      before = now;
    }
    return Math.min(2, before[other.length]);
  }

  function differenceOfCharacters(one, other) {
    if (one.character === other.character) return 0;
    if (one.sound && one.sound === other.sound) return 0.2;
    if (one.sound && other.sound && near(one.sound) === near(other.sound)) return 0.4;
    return one.sound && other.sound && distance(one.sound, other.sound) === 1 ? 0.7 : 1;
  }

  /* How far a word is from what was typed; a word of two characters is another one sooner than a longer one. */
  function difference(typed, word) {
    if (typed.letters) {
      const joined = word.sounds.join("");
      if (joined === typed.letters) return 0.1;
      if (typed.syllables && typed.syllables.map(near).join("") === word.sounds.map(near).join("")) return 0.4;
      return distance(typed.letters, joined) < 2 && joined.length > 4 ? 1 : 2;
    }
    const characters = [...word.text].map((character, place) => ({ character, sound: word.sounds[place] }));
    if (characters.length !== typed.characters.length) {
      return typed.characters.length > 2 && distance(typed.characters.map((each) => each.character), [...word.text]) === 1 ? 1.2 : 2;
    }
    const each = characters.map((character, place) => differenceOfCharacters(typed.characters[place], character));
    return each.every((value) => value === 1) ? 2 : each.reduce((sum, value) => sum + value, 0);
  }

  const isNear = (word, far) => far <= (word.text.length < 3 ? 1 : 1.4);

  /* Words that a term may have been meant for and that documents have, the nearest first. */
  async function nearWords(term) {
    const { words, sounds } = await search.index.load("spelling");
    const letters = /^[a-z' ]+$/.test(term.text) ? term.text.replace(/[' ]/g, "") : "";
    const typed = {
      letters, syllables: letters && search.sounds.divided(letters),
      characters: [...term.text].map((character) => ({ character, sound: sounds.get(character) })),
    };
    const candidates = words.map((word) => ({ word, far: difference(typed, word) })).filter(({ word, far }) => isNear(word, far) && word.text !== term.text);
    candidates.sort((one, other) => one.far - other.far || other.word.text.length - one.word.text.length);
    const volumes = await search.index.load("volumes");
    const found = [];
    for (let at = 0; at < TRIED && found.length < MOST; at += MOST) {
      const tried = candidates.slice(at, at + MOST).map(({ word }) => word.text);
      const held = await Promise.all(tried.map((text) => Promise.all(volumes.map((volume) => search.find.holders(volume, text)))));
      found.push(...tried.filter((text, number) => held[number].some((holders) => holders.size)));
    }
    return found.slice(0, MOST);
  }

  /* Queries in place of one that found nothing: each term that no document has in so many words is replaced. */
  async function otherQueries(terms) {
    const suggestions = [], volumes = await search.index.load("volumes");
    const held = await Promise.all(terms.map((term) => Promise.all(volumes.map((volume) => search.find.holders(volume, term.text)))));
    for (const term of terms.filter((each, number) => terms.length === 1 || !held[number].some((holders) => holders.size)).slice(0, MOST_REPLACED)) {
      if (term.exact || term.text.length < 2 || term.text.length > (/[\u3400-\u9fff]/.test(term.text) ? LONGEST_MEANT : LONGEST_LETTERS)) continue;
      for (const word of await nearWords(term)) suggestions.push(terms.map((each) => (each === term ? word : each.text)).join(" "));
    }
    return [...new Set(suggestions)].slice(0, MOST);
  }

  /* As web/search/search_data.py divides everyday words by how their first two characters sound. */
  const FILES = 64, MOST_FILES = 8;
  function fileOf(first, second) {
    const place = [...`${near(first)} ${near(second)}`].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 65521, 0);
    return `sounds/${place % FILES}`;
  }

  /* Words by how they sound to people of many places, each as its syllables: those of documents, and everyday words
     that begin as something in typed does, which are rows of syllables. */
  async function wordsBySound(typed) {
    const { words, sounds } = await search.index.load("spelling");
    const starts = typed(sounds).flatMap((row) => row.slice(1).map((second, at) => (row[at] && second ? fileOf(row[at], second) : "")));
    const files = [...new Set(starts.filter(Boolean))].slice(0, MOST_FILES);
    const rows = await Promise.all(files.map((file) => search.index.load(file).catch((error) => { search.missing.add(error.message); return []; })));
    const found = new Map();
    for (const { text, sounds: own } of [...words, ...rows.flat().map((word) => search.index.spelt(word, sounds))]) {
      if (own.length < 2 || own.length > LONGEST_HOMOPHONE || own.some((sound) => !sound)) continue;
      const key = own.map(near).join(" ");
      if (!found.has(key)) found.set(key, []);
      if (!found.get(key).some((word) => word.text === text)) found.get(key).push({ text, sounds: own });
    }
    return { found, sounds };
  }

  /* The words that sound like a stretch of typed syllables, those that sound the same first. A word of two characters
     sounds the same throughout or has one of those that were typed: 政府 is no homophone of 证护. */
  function homophonesOf(bySound, typed, text = "") {
    if (typed.some((sound) => !sound)) return [];
    const isHomophone = (word) => typed.length > 2 || word.sounds.every((sound, place) => sound === typed[place]) || [...word.text].some((character, place) => character === text[place]);
    const words = (bySound.get(typed.map(near).join(" ")) || []).filter(isHomophone);
    const far = (word) => word.sounds.filter((sound, place) => sound !== typed[place]).length;
    return words.map((word) => ({ text: word.text, far: far(word) })).sort((one, other) => one.far - other.far);
  }

  /* A part of a question for what was typed, in place of the parts that it replaces. */
  const partFor = (homophones, words, typed, replaces) => {
    const forms = homophones.flatMap(({ text }) => [text, ...(words[text] || []).slice(0, 3)]);
    return { text: homophones[0].text, forms: [...new Set(forms)], weight: 1.4, typed, replaces };
  };

  /* The stretches of a run that may be misspelt: no document has all of it, and nothing of it is a known word. */
  function missingStretches({ characters, pairs, tokens, hidden }) {
    const isOf = (kinds) => characters.map((_, place) => [...tokens, ...hidden].some((token) => token.at <= place && place < token.at + token.size && kinds.includes(token.kind)));
    const isSure = isOf(["known", "word", "asking", "slight"]), isStated = isOf(["known"]);
    const found = [];
    for (let at = 0; at < characters.length; at++) {
      for (let size = 2; size <= Math.min(LONGEST_HOMOPHONE, characters.length - at); size++) {
        if (pairs.slice(at, at + size - 1).some((pair) => !pair.isHeld) && !isSure.slice(at, at + size).every(Boolean) && !isStated.slice(at, at + size).some(Boolean)) found.push({ at, size });
      }
    }
    return found;
  }

  /* Parts in place of stretches of a question that no document has, by words that sound so; letters are taken for pinyin. */
  async function homophoneParts(parts, runs) {
    if (runs.reduce((sum, { characters }) => sum + characters.length, 0) > LONGEST_MISSPELT) return [];
    const stretches = runs.map(missingStretches);
    if (!stretches.some((each) => each.length) && !parts.some((part) => part.sounds)) return [];
    const lettered = parts.filter((part) => part.sounds).map((part) => ({ part, typed: search.sounds.divided(part.sounds) || [] }));
    const misspelt = runs.filter((run, number) => stretches[number].length);
    const { found, sounds } = await wordsBySound((own) => [...lettered.map(({ typed }) => typed), ...misspelt.map(({ characters }) => characters.map((each) => own.get(each)))]);
    const homophones = [];
    for (const { part, typed } of lettered) {
      for (let at = 0; at < typed.length;) {
        let size = Math.min(LONGEST_HOMOPHONE, typed.length - at), own = [];
        for (; size > 1 && !own.length; size--) own = homophonesOf(found, typed.slice(at, at + size));
        if (own.length) homophones.push([own, typed.slice(at, at + size + 1).join(""), [part]]);
        at += own.length ? size + 1 : 1;
      }
    }
    runs.forEach(({ characters, tokens }, number) => {
      for (let at = 0; at < characters.length;) {
        let size = Math.min(LONGEST_HOMOPHONE, characters.length - at), own = [];
        for (; size > 1 && !own.length; size--) {
          const isMissing = stretches[number].some((stretch) => stretch.at === at && stretch.size === size);
          const text = characters.slice(at, at + size).join("");
          if (isMissing) own = homophonesOf(found, [...text].map((character) => sounds.get(character)), text).filter((word) => word.text !== text);
        }
        if (own.length) {
          const end = at + size + 1, first = at;
          const covered = tokens.filter((token) => token.at < end && first < token.at + token.size).map((token) => token.text);
          homophones.push([own, characters.slice(first, end).join(""), parts.filter((part) => covered.includes(part.text))]);
        }
        at += own.length ? size + 1 : 1;
      }
    });
    const { words } = await search.words.dictionary(homophones.flatMap(([own]) => own.slice(0, MOST_HOMOPHONES).map(({ text }) => text)));
    return homophones.map(([own, typed, replaces]) => partFor(own.slice(0, MOST_HOMOPHONES), words, typed, replaces));
  }

  search.spelling = { otherQueries, homophoneParts, difference, near, distance };
}(window.gazetteSearch = window.gazetteSearch || {}));

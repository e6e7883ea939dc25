/* What a reader may have meant who found nothing: words of the archive that sound or look nearly the same. */
"use strict";
(function (search) {
  const MOST = 4;
  const TRIED = 12;
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
    for (const { word } of candidates.slice(0, TRIED)) {
      const held = await Promise.all(volumes.map((volume) => search.find.holders(volume, word.text)));
      if (held.some((holders) => holders.size)) found.push(word.text);
      if (found.length === MOST) break;
    }
    return found;
  }

  /* Queries in place of one that found nothing: each term that no document has in so many words is replaced. */
  async function otherQueries(terms) {
    const suggestions = [];
    for (const term of terms) {
      if (term.exact || term.text.length < 2 || term.text.length > 24) continue;
      for (const word of await nearWords(term)) suggestions.push(terms.map((each) => (each === term ? word : each.text)).join(" "));
    }
    return [...new Set(suggestions)].slice(0, MOST);
  }

  search.spelling = { otherQueries, difference, near, distance };
}(window.gazetteSearch = window.gazetteSearch || {}));

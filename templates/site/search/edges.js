/* Where a form found in a text is only cut out of two words: 民政 in 人民政府. Such places are not marked. */
"use strict";
(function (search) {
  const FILES = 128;
  const MOST_FILES = 12;
  const HAN = /^[\u3400-\u9fff]{2,4}$/;
  const known = new Map();

  /* Fetches what is known of the first and last characters of forms. Without it, every place is taken for a word. */
  async function prepare(forms) {
    const ends = forms.filter((form) => HAN.test(form)).flatMap((form) => [form[0], form[form.length - 1]]);
    const numbers = [...new Set(ends.map((character) => character.charCodeAt(0) % FILES))].filter((number) => !known.has(number));
    await Promise.all(numbers.slice(0, MOST_FILES).map(async (number) => {
      try {
        known.set(number, await search.index.load(`edges/${number}`));
      } catch (error) {
        search.missing.add(error.message);
      }
    }));
  }

  const neighbours = (character, side) => {
    const file = known.get(character.charCodeAt(0) % FILES);
    return file && Object.prototype.hasOwnProperty.call(file, character) ? file[character][side] : "";
  };

  function isInside(text, place, form) {
    if (!HAN.test(form)) return false;
    const before = text[place - 1], after = text[place + form.length];
    return Boolean(before && after) && neighbours(form[0], 0).includes(before) && neighbours(form[form.length - 1], 1).includes(after);
  }

  /* The places of form in text; of those that are only cut out of words none, unless isEverywhere. */
  function places(text, form, isEverywhere) {
    const found = [];
    for (let place = text.indexOf(form); form && place >= 0; place = text.indexOf(form, place + form.length)) {
      if (isEverywhere || !isInside(text, place, form)) found.push(place);
    }
    return found;
  }

  search.edges = { prepare, places };
}(window.gazetteSearch = window.gazetteSearch || {}));

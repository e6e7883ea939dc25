/* What people say and what documents say for it, names of offices, and questions in whole sentences. */
"use strict";
(function (search) {
  const LONGEST_WORD = 6;
  /* The part of a question that the best documents have; where none has it, the second is enough. */
  const ENOUGH = [0.6, 0.4];
  const MOST = 50;
  const ASKING = "请问|我想知道|我想问|我想|我要|想要|有没有|是不是|能不能|可不可以|要不要|需不需要|什么时候|什么时间|什么样|什么|几时|何时|多长时间|多久|多少钱|多少|几号|几点|几岁|怎么办理|怎么申请|怎么办|怎么样|怎么|怎样|如何|哪里|哪儿|哪个|哪些|哪家|在哪|为什么|为啥|咋办|咋|啥|谁|需要|可以|应该|关于|一下|手续|流程|条件|规定|政策|标准|材料|申请|办理|领取|发放|有关|相关|最新|通知|文件|方案|吗|呢|吧|啊|的|了|是|在|去|找|有|给|把|和|与|及|或|让|被|从|到|要|能|会|想|办|算|用|交|领|发|拿|我|你|他|家|能否|是否|归|管";
  const DROPPED = new RegExp(ASKING.split("|").sort((one, other) => other.length - one.length).join("|"), "g");
  const OFFICE = /(?:局|委|办|办公室|厅|院|所|站|中心|大队|支队|政府|委员会|公司|联社|社|队)$/;

  async function dictionary() {
    try {
      return await search.index.load("words");
    } catch (error) {
      search.missing.add(error.message);
      return { words: {}, places: [], names: {} };
    }
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

  /* Other words for each term that is no phrase. */
  async function withRelated(typed) {
    const [terms, { words, places, names }] = await Promise.all([withSimplified(typed), dictionary()]);
    return terms.map((term) => {
      if (term.exact) return term;
      const alone = officeAlone(term.text, places);
      const related = [...(words[term.text] || []), alone, ...(names[term.text] || names[alone] || [])];
      return { ...term, related: [...new Set(related)].filter((word) => word && word !== term.text) };
    });
  }

  /* The parts of a question: words of the dictionary with what documents say for them, and pairs of what is left. */
  async function partsOf(query) {
    const { words } = await dictionary();
    const parts = [];
    let rest = "";
    for (let at = 0; at < query.length;) {
      let size = Math.min(LONGEST_WORD, query.length - at);
      while (size > 1 && !Object.hasOwn(words, query.slice(at, at + size))) size--;
      if (size > 1) {
        const word = query.slice(at, at + size);
        parts.push({ forms: [word, ...words[word]], weight: 2 });
        rest += " ";
      } else rest += query[at];
      at += size;
    }
    for (const run of rest.replace(/[^0-9a-z\u3400-\u9fff]+/g, " ").replace(DROPPED, " ").split(" ")) {
      const characters = [...run];
      if (characters.length === 1 && /[\u3400-\u9fff]/.test(run)) parts.push({ forms: [run], weight: 0.3 });
      for (const form of characters.length > 1 ? search.index.keysOf(run) : []) parts.push({ forms: [form], weight: 1 });
    }
    return parts;
  }

  async function partIn(volume, part) {
    const held = await Promise.all(part.forms.map((form) => search.find.holders(volume, form)));
    const best = new Map();
    held.forEach((holders, number) => {
      for (const [place, holder] of holders) {
        const score = search.find.worth(holder, part.forms[number], 60) - 20 * number;
        if (score > 0 && (!best.has(place) || best.get(place).score < score)) best.set(place, { score, form: part.forms[number] });
      }
    });
    return best;
  }

  /* Documents that have most of what a question speaks of, the best first; all of them are merely related. */
  async function answerQuestion(query, filters) {
    const parts = await partsOf(query);
    if (!parts.length) return [];
    const volumes = search.find.volumesFor(await search.index.load("volumes"), filters);
    const found = await Promise.all(volumes.map(async (volume) => ({
      volume, columns: await search.index.columns(volume), held: await Promise.all(parts.map((part) => partIn(volume, part))),
    })));
    const count = volumes.reduce((sum, volume) => sum + volume.count, 0);
    const weights = parts.map((part, number) => {
      const holding = found.reduce((sum, { held }) => sum + held[number].size, 0);
      return part.weight * Math.max(0.3, Math.log((count + 1) / (holding + 1))) * (holding ? 1 : 0.5);
    });
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const hits = [];
    for (const { volume, columns, held } of found) {
      columns.forEach((column, place) => {
        const own = held.map((each) => each.get(place));
        const share = own.reduce((sum, each, number) => sum + (each ? weights[number] : 0), 0) / whole;
        if (share < ENOUGH[1] || !search.find.passes(column, filters)) return;
        const score = own.reduce((sum, each, number) => sum + (each ? weights[number] * each.score : 0), 0);
        const forms = own.filter(Boolean).map((each) => each.form);
        hits.push({ volume, place, column, share, score, forms, via: [...new Set(forms)], group: search.find.RELATED });
      });
    }
    const enough = ENOUGH.find((least) => hits.some((hit) => hit.share >= least));
    return hits.filter((hit) => hit.share >= enough).sort(filters.order === "date" ? search.find.byDay : search.find.byWorth).slice(0, MOST);
  }

  search.words = { withRelated, answerQuestion };
}(window.gazetteSearch = window.gazetteSearch || {}));

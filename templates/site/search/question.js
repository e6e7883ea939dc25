/* Questions as people ask them: divided into words by the dictionary and by the index itself, and answered by the
   documents that have most of what is asked. */
"use strict";
(function (search) {
  const LONGEST_WORD = 8;
  /* Characters that are looked for, without those of asking, and numbers: each pair of characters may take a file. */
  const MOST_CHARACTERS = 16, MOST_NUMBERS = 6;
  /* Other words of one word that are looked for, those by which a long word shows whether documents
     have it, and files that those of all words of a question may take. */
  const MOST_FORMS = 4, FORMS_OF_GENERAL = 2, LIKELY_FORMS = 3, FILES_OF_FORMS = 10;
  /* The part of a question that an answer has at least, and of what the best answer has. */
  const LEAST = 0.22;
  const LEAST_OF_BEST = 0.5;
  /* The part from which on a question is taken for understood. */
  const GOOD = 0.6;
  const MOST = 50;
  /* What a question is asked with; it says nothing of what is asked. */
  const ASKING = "请问|我想知道|我想问|我想|想问|咨询|了解|我要|想要|有没有|是不是|能不能|可不可以|要不要|需不需要|用不用|管不管|让不让|给不给|行不行|什么时候|什么时间|啥时候|啥时|多会儿|什么样|什么|几时|何时|哪天|哪一天|多长时间|多长|多久|几天|多少钱|多钱|几块钱|几块|多少|多大|几号|几点|几个|怎么办理|怎么申请|咋回事|怎么回事|合法不|合法吗|行不|行吗|要钱吗|要不要钱|要钱不|星期几|好多钱|好多|有什么要求|什么要求|有啥|要啥|带什么|带啥|去哪儿|去哪里|去哪|找哪个|找哪|找谁|可不可|给多少|是多少|怎么办|怎么算|怎么弄|怎么样|怎么|怎样|如何|咋办|咋弄|咋整|咋样|咋|哪里|哪儿|哪个|哪些|哪种|哪家|哪|在哪|为什么|为啥|为何|啥|谁家|谁|还是|需要|必须|可以|应该|关于|一下|流程|手续|条件|规定|政策|标准|材料|申请|申领|办理|领取|有关|相关|最新|通知|文件|方案|查询|吗|呢|吧|啊|嘛|呀|的|了|着|过|得|是|在|去|找|有|给|把|和|与|及|或|让|被|从|到|要|能|会|想|办|算|用|交|领|发|拿|我|你|他|她|俺|咱|家|能否|是否|归|管|就|都|还|也|不|没|来|上|下|里|个|这|那|又|再|才|只|看|问|为|对|按|后|前|最|太|很|几|多|该";
  /* What is mostly no part of the answer, but may be. */
  const SLIGHT = "家里|村里|县里|城里|国家|政府|今年|去年|明年|现在|目前|一个月|每个月|每月|一年|每年|一次|一亩|一个|没有|不能|不让|不给|我们|咱们|自己|个人|人员|工作|问题|事情|情况|时间|地方|地点|电话|本县|全县|钱|人|年|县|新|好|大|小";
  /* What belongs to many affairs: it decides only between documents about what else is asked. */
  const GENERAL = "免费|不要钱|不花钱|不收费|收费|罚款|罚多少|处罚|违法|犯法|老人|老年人|孩子|小孩|娃|娃娃|学生|农民|农村人|妇女|补贴|补助|补钱|补多少|给钱|领钱|发钱|丢了|丢失|到期|过期|公司|单位|企业|老板|房子|房屋|年龄|岁数|证明|举报|投诉|贷款|培训|招聘|报名|考试|奖励|检查|赔偿|赔|涨价|价格|安全|搬迁";
  const general = new Set(GENERAL.split("|"));
  const asking = new Set(ASKING.split("|"));
  const slight = new Set(SLIGHT.split("|"));

  /* What stands beside these in a question is no word with them: 的 of 药的瓶子. */
  const PARTICLE = /[的了吗呢吧啊嘛呀么着]/;
  const OLD = 60;
  const NUMERALS = "零一二三四五六七八九";
  /* A number with its unit, in digits or in characters; and letters, which may be pinyin. Characters without a unit are
     mostly names: 十字路口, 十四五规划, 三十里铺. */
  const NUMBER = /[0-9]+(?:\.[0-9]+)?(?:年|月|日|号|周?岁|多岁|了|路|级|元|%)?|[a-z][a-z0-9]+|[零〇○一二三四五六七八九]{4}年|[零一二三四五六七八九十百]{1,5}(?:周?岁|月|号|[日年](?!以|之))|(?:[一二三四五六七八九]百零?)?[一二三四五六七八九]?十[一二三四五六七八九]?(?:多岁|年|日|天|了|路|元)/g;
  /* What stands before a number of years that is a duration, and what stands after one. */
  const BEFORE_DURATION = /(?:[满缴交费第龄近超]|工作)\s*$/;
  const AFTER_DURATION = /^(?:以|之|内|期|限|满|工龄)/;

  /* A number with its unit as texts write it in digits: 八十岁 → 80岁, 二〇二五年 → 2025年. */
  function inDigits(number) {
    return number.replace(/[〇○]/g, "零").replace(/^[零一二三四五六七八九十百]+/, (characters) => {
      if (!/[十百]/.test(characters)) return [...characters].map((each) => NUMERALS.indexOf(each)).join("");
      const [, hundreds, tens, ones] = /^(?:([一二三四五六七八九])百零?)?(?:([一二三四五六七八九])?十)?([一二三四五六七八九])?$/.exec(characters) || [];
      const ten = characters.includes("十") ? NUMERALS.indexOf(tens || "一") : 0;
      return hundreds || ten || ones ? String((hundreds ? NUMERALS.indexOf(hundreds) : 0) * 100 + ten * 10 + (ones ? NUMERALS.indexOf(ones) : 0)) : characters;
    });
  }

  /* The year that a number means, 0 for none: 25年 is one where it begins a query or a word and is no duration. */
  function yearOf(number, before, after) {
    const digits = inDigits(number);
    if (/^(?:19|20)\d\d年?$/.test(digits)) return parseInt(digits, 10);
    const isShort = /^[12]\d年$/.test(digits) && !number.includes("十") && /(?:^|\s)$/.test(before);
    return isShort && !BEFORE_DURATION.test(before) && !AFTER_DURATION.test(after) ? 2000 + parseInt(digits, 10) : 0;
  }

  /* An amount of three digits or more tells more than a small number, which many documents have. */
  const LARGE = 100;
  function weightOf(found, number, isAge, year) {
    if (/^[a-z]/.test(found)) return 1.5;
    return isAge && number >= OLD || !isAge && !year && number >= LARGE ? 1 : 0.6;
  }

  /* The numbers of a question, each with the unit after it, as typed and as texts write it; and what is left. */
  function numbersOf(text) {
    const parts = [];
    const rest = text.replace(NUMBER, (found, at) => {
      const digits = inDigits(found), number = parseInt(digits, 10);
      const year = yearOf(found, text.slice(0, at), text.slice(at + found.length));
      const isAge = /(?:岁|了)$/.test(found);
      const ages = isAge ? [`${number}周岁`, `${number}岁`, ...(number >= OLD ? ["老年人", "高龄"] : [])] : [];
      const typed = found === String(year) || isAge && found === digits ? [] : [found];
      const forms = [...typed, ...(year ? [`${year}年`] : ages), ...(year ? [] : [digits])];
      parts.push({ text: found, forms: [...new Set(forms)], weight: weightOf(found, number, isAge, year), year, sounds: /^[a-z]+$/.test(found) ? found : "" });
      return " ";
    });
    return { parts, rest };
  }

  /* For each pair of characters of a run: whether documents have it, and have it as a word. */
  async function pairsOf(volumes, characters) {
    return Promise.all(characters.slice(1).map(async (after, place) => {
      const pair = characters[place] + after;
      const held = await Promise.all(volumes.map((volume) => search.find.holders(volume, pair)));
      const documents = held.flatMap((each) => [...each.values()]);
      return { isHeld: documents.length > 0, isWord: documents.some((holder) => search.find.worth(holder, pair, 60) >= 320) };
    }));
  }

  /* 放不放假 asks for 放假: the first two characters of three of which a verb is said twice say nothing, but where they
     are of a word that is listed. */
  const isSaidTwice = (text, at) => text[at] === text[at + 2] && /[不没]/.test(text[at + 1] || "");

  /* A question without what it is asked with, as far as that is no part of a longer word: nothing of it is looked for. */
  function withoutAsking(text, words) {
    let rest = "";
    for (let at = 0; at < text.length;) {
      const longest = (isOne) => { for (let size = LONGEST_WORD; size > 1; size--) if (at + size <= text.length && isOne(text.slice(at, at + size))) return size; return 1; };
      const word = longest((part) => part in words), phrase = longest((part) => asking.has(part));
      if (isSaidTwice(text, at) && Math.max(word, phrase) < 3) {
        rest += " ";
        at += 2;
        continue;
      }
      rest += phrase > word ? " " : text.slice(at, at + word);
      at += Math.max(word, phrase);
    }
    return rest;
  }

  /* The cheapest division of a run into words of the dictionary, words of documents, asking words, and single characters. */
  function divided({ characters, pairs }, words) {
    const best = [{ cost: 0, tokens: [] }];
    const offer = (end, from, cost, token) => {
      if (!best[end] || best[from].cost + cost < best[end].cost) best[end] = { cost: best[from].cost + cost, tokens: [...best[from].tokens, token] };
    };
    for (let at = 0; at < characters.length; at++) {
      for (let size = 1; size <= Math.min(LONGEST_WORD, characters.length - at); size++) {
        const text = characters.slice(at, at + size).join("");
        if (asking.has(text)) offer(at + size, at, size > 1 ? 1 : 1.2, { text, kind: "asking", at, size });
        else if (text in words) offer(at + size, at, size > 1 ? 0.9 : 1.4, { text, kind: size > 1 ? "known" : "short", at, size });
        else if (slight.has(text) && size > 1) offer(at + size, at, 1, { text, kind: "slight", at, size });
        else if (size === 2 && PARTICLE.test(text)) continue;
        else if (size === 2 && pairs[at].isWord) offer(at + size, at, 1, { text, kind: "word", at, size });
        else if (size === 2 && pairs[at].isHeld) offer(at + size, at, 2.4, { text, kind: "pair", at, size });
        else if (size === 1) offer(at + 1, at, 1.6, { text, kind: slight.has(text) ? "slight" : "single", at, size });
      }
    }
    return { tokens: best[characters.length].tokens, pairs, characters };
  }

  /* What each further form of a part is less worth. */
  const LESS = 40;
  /* What a title is worth that has both words of a form, and the least that a word in a title is worth. */
  const HALVES = 480, IN_TITLE = 600;
  const FOUR = /^[\u3400-\u9fff]{4}$/;
  const WEIGHTS = { known: 1.6, general: 0.8, word: 1, short: 0.8, pair: 0.6, single: 0.3, slight: 0.15 };

  const isGeneralPart = ({ text, kind }) => (kind === "known" || kind === "word") && general.has(text);

  /* Other words for a token that are looked for. What belongs to many affairs is none for one of them: 免费 for 免费学技术. */
  function formsOf(token, words) {
    const isGeneral = isGeneralPart(token);
    const others = token.text in words ? words[token.text].filter((form) => isGeneral || !general.has(form)) : [];
    return others.slice(0, isGeneral ? FORMS_OF_GENERAL : MOST_FORMS);
  }

  const partOf = (token, words, most) => ({ text: token.text, forms: [token.text, ...formsOf(token, words).slice(0, most)], weight: WEIGHTS[isGeneralPart(token) ? "general" : token.kind] });

  /* The division of a run, and the words that it leaves out: one that no document has, nor a word for it, hides no
     shorter one. 买拖拉机 gives way to 拖拉机, and a word of two characters to each of them. */
  async function answerable(run, words, volumes, likely) {
    const isHeldIn = async (volume, form) => [...(await search.find.holders(volume, form)).values()].some((holder) => search.find.worth(holder, form, 60)) || (await halvesIn(volume, form)).size > 0;
    const isHeld = async (form) => (await Promise.all(volumes.map((volume) => isHeldIn(volume, form)))).some(Boolean);
    const own = Object.assign(Object.create(null), words);
    const isAnyHeld = async (forms) => (await Promise.all(forms.map(isHeld))).some(Boolean);
    const hidden = [];
    for (;;) {
      const division = divided(run, own);
      const known = division.tokens.filter(({ kind }) => kind === "known");
      const held = await Promise.all(known.map(({ text }) => isAnyHeld([text, ...own[text].slice(0, likely.has(text) ? Math.min(LIKELY_FORMS, likely.get(text)) : LIKELY_FORMS)])));
      if (held.every(Boolean)) return { ...division, hidden };
      hidden.push(...known.filter((token, number) => !held[number]));
      for (const { text } of hidden) delete own[text];
    }
  }

  /* Characters of a known word that may have others in it, and what such a one weighs. */
  const LONG = 3, INNER = 1;
  /* Characters between the two of a word at most, words that are tried, words that are taken, and the
     files that they may take at least. */
  const FARTHEST = 5, MOST_PARTED = 8, TAKEN_PARTED = 2, FILES_OF_PARTED = 3;
  const UNREAD = { isHeld: false, isWord: false };

  /* The words of a run that the dictionary has, what is slight, and stretches of what lies between, which may be words of documents. */
  function pieces(characters, words) {
    const { tokens } = divided({ characters, pairs: characters.map(() => UNREAD) }, words);
    const found = [];
    for (const { text, kind, at, size } of tokens) {
      const before = found[found.length - 1];
      if (size > 1 && kind !== "asking") found.push({ at, text, weight: partOf({ text, kind }, words, 0).weight, isKnown: true });
      else if (before && !before.isKnown) Object.assign(before, { text: before.text + text, weight: WEIGHTS.word });
      else found.push({ at, text, weight: WEIGHTS.single, isKnown: false });
    }
    return found;
  }

  /* Runs that are too long together, without the lightest of their words: no word is cut in two. Of equal ones the later
     stay, because a question tells first what is the case, then what is asked. leftOut are the words that were left out. */
  function shortened(runs, words) {
    if (runs.flat().length <= MOST_CHARACTERS) return { runs, leftOut: [] };
    const all = runs.flatMap((run, number) => pieces(run, words).map((piece) => ({ ...piece, number })));
    const kept = new Map();
    let room = MOST_CHARACTERS;
    for (const piece of [...all].reverse().sort((one, other) => other.weight - one.weight)) {
      /* A stretch without any known word may be longer than all: its beginning is looked for. */
      const text = piece.text.length > MOST_CHARACTERS ? piece.text.slice(0, room) : piece.text;
      if (text.length > room || !text) continue;
      room -= text.length;
      kept.set(piece, text);
    }
    const shorter = [];
    let end = -1, last = -1;
    for (const piece of all.filter((each) => kept.has(each))) {
      const characters = [...kept.get(piece)];
      if (piece.number === last && piece.at === end) shorter[shorter.length - 1].push(...characters); else shorter.push(characters);
      last = piece.number;
      end = piece.at + characters.length;
    }
    return { runs: shorter, leftOut: all.filter((piece) => kept.get(piece) !== piece.text && piece.weight > WEIGHTS.slight).map((piece) => piece.text) };
  }

  /* The known words inside those of four characters and more, which tell more of what is asked: 公交 of 老年人坐公交. */
  function innerParts(tokens, words) {
    const long = tokens.filter(({ kind, size }) => kind === "known" && size >= LONG);
    return long.flatMap(({ text }) => {
      const own = Object.assign(Object.create(null), words);
      delete own[text];
      const inner = divided({ characters: [...text], pairs: [...text].map(() => UNREAD) }, own).tokens;
      return inner.filter((token) => token.kind === "known" && !general.has(token.text)).slice(0, 1).map((token) => ({ text: "", forms: [words[token.text].find((form) => token.text.includes(form) && !general.has(form)) || token.text], weight: INNER, isExtra: true }));
    });
  }

  /* Words that a question has in two characters apart, in either order and across what it is asked with: 砍树 in 砍自家的树
     and in 树能砍吗. */
  async function partedWords(runs, keys, room) {
    const single = [];
    let before = 0;
    for (const { tokens, characters } of runs) {
      single.push(...tokens.filter(({ kind }) => kind === "single" || kind === "short").map(({ text, at }) => ({ text, at: before + at })));
      before += characters.length + 1;
    }
    const pairs = [];
    single.forEach((first, number) => {
      const near = single.slice(number + 1).filter(({ at, text }) => at > first.at + 1 && at <= first.at + FARTHEST && text !== first.text);
      pairs.push(...near.map((second) => [first.text, second.text]));
    });
    /* Only the last of a question is what the first is done to. */
    if (single.length > 2) pairs.push([single[0].text, single[single.length - 1].text]);
    const texts = [...new Set([...pairs.map((pair) => pair.join("")), ...pairs.map(([first, second]) => second + first)])].slice(0, MOST_PARTED);
    if (!texts.length) return [];
    const { words } = await search.words.dictionary(texts);
    const tokens = texts.filter((text) => text in words).slice(0, TAKEN_PARTED).map((text) => ({ text, kind: "known" }));
    const counts = search.find.within(Math.max(room, FILES_OF_PARTED), keys, tokens.map((token) => [token.text, ...formsOf(token, words).slice(0, FORMS_OF_GENERAL)]));
    return tokens.map((token, number) => partOf(token, words, counts[number] - 1)).filter((part, number) => counts[number]);
  }

  /* How many other words are looked for of each known word, so that they take no more than room files; keys are those of
     files that are taken anyhow. */
  function formsEach(runs, words, keys, room) {
    const known = runs.flatMap(({ tokens }) => tokens).filter((token) => token.text in words);
    const counts = search.find.within(room, keys, known.map((token) => formsOf(token, words)));
    return new Map(known.map(({ text }, number) => [text, counts[number]]));
  }

  /* The parts of a question, its runs of characters with their division, and what is looked for of a question that is
     too long, in the words of the question. */
  async function partsOf(query, volumes) {
    const { words } = await search.words.dictionary([query]);
    const { parts: numbers, rest } = numbersOf(query);
    const parts = numbers.slice(0, MOST_NUMBERS);
    const { runs: texts, leftOut } = shortened(withoutAsking(rest, words).replace(/[^\u3400-\u9fff]+/g, " ").split(" ").filter(Boolean).map((run) => [...run]), words);
    const kept = leftOut.length || numbers.length > parts.length ? [...parts.map((part) => part.text), ...texts.map((run) => run.join(""))] : [];
    const read = await Promise.all(texts.map(async (characters) => ({ characters, pairs: await pairsOf(volumes, characters) })));
    const keys = new Set(texts.flatMap((characters) => search.index.keysOf(characters.join(""))));
    const before = keys.size;
    const likely = formsEach(read.map((run) => divided(run, words)), words, keys, FILES_OF_FORMS);
    const runs = await Promise.all(read.map((run) => answerable(run, words, volumes, likely)));
    const most = formsEach(runs, words, keys, FILES_OF_FORMS - (keys.size - before));
    for (const { tokens, pairs, characters } of runs) {
      for (const token of tokens) if (token.kind !== "asking") parts.push(partOf(token, words, most.get(token.text) || 0));
      /* Pairs across two words, as far as documents have them: words that stand together there stand first here. */
      tokens.slice(1).forEach((token, place) => {
        if (token.kind === "asking" || tokens[place].kind === "asking" || !pairs[token.at - 1].isHeld) return;
        parts.push({ text: "", forms: [characters[token.at - 1] + token.text[0]], weight: 0.4, isExtra: true });
      });
    }
    parts.push(...runs.flatMap(({ tokens }) => innerParts(tokens, words)), ...await partedWords(runs, keys, FILES_OF_FORMS - (keys.size - before)));
    return { parts, runs, kept };
  }

  /* Documents whose title has both words of a form, though not side by side: 房屋征收 in 对房屋实施征收. */
  async function halvesIn(volume, form) {
    if (!FOUR.test(form)) return new Map();
    const [first, second] = await Promise.all([form.slice(0, 2), form.slice(2)].map((half) => search.find.holders(volume, half)));
    const isTitle = (holder) => holder && search.find.worth(holder, form, 60) >= IN_TITLE;
    return new Map([...first].filter(([place, holder]) => isTitle(holder) && isTitle(second.get(place))).map(([place]) => [place, HALVES]));
  }

  async function partIn(volume, columns, part) {
    const forms = [...part.forms, ...(part.sounds ? search.sounds.soundForms(part.sounds) : [])];
    const [held, halves] = await Promise.all([(form) => search.find.holders(volume, form), (form) => halvesIn(volume, form)].map((each) => Promise.all(forms.map(each))));
    const best = new Map();
    const offer = (place, score, form) => {
      if (columns[place] && score > 0 && (!best.has(place) || best.get(place).score < score)) best.set(place, { score, form });
    };
    forms.forEach((form, number) => {
      for (const [place, holder] of held[number]) if (columns[place]) offer(place, search.find.worth(holder, form, columns[place].length) - LESS * number, form);
      for (const [place, score] of halves[number]) offer(place, score - LESS * number, form.slice(0, 2));
    });
    if (part.year) {
      columns.forEach((column, place) => {
        if (new Date(column.day * 86400000).getUTCFullYear() === part.year && (!best.has(place) || best.get(place).score < 400)) best.set(place, { score: 400, form: "" });
      });
    }
    return best;
  }

  /* A part of a question is rare that weighs at least so much of the heaviest which documents have. That one of the others
     stands in a title is worth no more than COMMON; a document without any rare part is worth less. */
  const RARE = 0.5, COMMON = 600, WITHOUT_RARE = 0.5;

  const isTelling = (part) => part.weight >= WEIGHTS.pair && !part.year && !part.isExtra;
  const isSingle = (part) => part.weight === WEIGHTS.single;

  /* Documents that have most of parts, the best first; all of them are merely related. */
  async function answerParts(parts, volumes, filters) {
    const found = await Promise.all(volumes.map(async (volume) => {
      const columns = await search.index.columns(volume);
      return { volume, columns, held: await Promise.all(parts.map((part) => partIn(volume, columns, part))) };
    }));
    const count = volumes.reduce((sum, volume) => sum + volume.count, 0);
    const weights = parts.map((part, number) => {
      const holding = found.reduce((sum, { held }) => sum + held[number].size, 0);
      /* What no document has tells none from another; that it is missing counts as much as a common word. */
      return part.weight * (holding ? Math.max(0.3, Math.log((count + 1) / (holding + 1))) : part.isExtra ? 0 : 1);
    });
    const rarest = Math.max(...weights.filter((weight, number) => isTelling(parts[number]) && found.some(({ held }) => held[number].size)), 0);
    const isRare = weights.map((weight, number) => isTelling(parts[number]) && weight >= rarest * RARE);
    const worthOf = (each, number) => (isRare[number] || parts[number].isExtra ? each.score : Math.min(each.score, COMMON));
    const whole = weights.reduce((sum, weight, number) => sum + (parts[number].isExtra ? 0 : weight), 0);
    /* Where documents have none of the words but single characters, one of those in a title is enough: 雪 of 门口的雪谁扫. */
    const least = parts.some((part, number) => isTelling(part) && found.some(({ held }) => held[number].size)) ? 2 : 1;
    const hits = [];
    for (const { volume, columns, held } of found) {
      columns.forEach((column, place) => {
        if (!search.find.passes(column, filters)) return;
        const own = held.map((each) => each.get(place));
        const share = own.reduce((sum, each, number) => sum + (each && !parts[number].isExtra ? weights[number] : 0), 0) / whole;
        if (share < LEAST || !own.some((each, number) => each && isTelling(parts[number])) && own.filter((each, number) => each && each.score >= IN_TITLE && isSingle(parts[number])).length < least) return;
        const score = own.reduce((sum, each, number) => sum + (each ? weights[number] * worthOf(each, number) : 0), 0) / whole * share * (own.some((each, number) => each && isRare[number]) ? 1 : WITHOUT_RARE) - search.find.LATER[column.rank];
        const forms = [...new Set(own.map((each) => each && each.form).filter((form) => form && form.charCodeAt(0) < 0xe000))];
        const via = [...new Set(own.map((each, number) => each && !parts[number].isExtra && parts[number].weight > 0.3 && each.form).filter((form) => form && form.charCodeAt(0) < 0xe000))];
        hits.push({ volume, place, column, share, score, forms, via, group: search.find.RELATED });
      });
    }
    const best = Math.max(...hits.map((hit) => hit.share), 0);
    return hits.filter((hit) => hit.share >= best * LEAST_OF_BEST).sort(filters.order === "date" ? search.find.byDay : search.find.byWorth).slice(0, MOST);
  }

  /* Documents that answer a question; where what it says is in none, that is tried which sounds like it: substitutions
     are what was typed, each with the word that was looked for instead; kept are the words of a question that is too long. */
  async function answer(query, filters) {
    const volumes = search.find.volumesFor(await search.index.load("volumes"), filters);
    const { parts, runs, kept } = await partsOf(query, volumes);
    if (!parts.length) return { hits: [], substitutions: [], kept };
    const hits = await answerParts(parts, volumes, filters);
    if (hits.length && hits[0].share >= GOOD) return { hits, substitutions: [], kept };
    const homophones = await search.spelling.homophoneParts(parts, runs);
    if (!homophones.length) return { hits, substitutions: [], kept };
    const others = await answerParts([...parts.filter((part) => !homophones.some((other) => other.replaces.includes(part))), ...homophones], volumes, filters);
    const isBetter = others.length && (!hits.length || others[0].score > hits[0].score);
    return isBetter ? { hits: others, substitutions: homophones.map(({ typed, text }) => ({ typed, text })), kept } : { hits, substitutions: [], kept };
  }

  search.question = { answer, numbersOf, partsOf, partOf, isGeneral: (word) => general.has(word) };
}(window.gazetteSearch = window.gazetteSearch || {}));

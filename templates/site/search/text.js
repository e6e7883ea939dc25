/* What a reader types, brought into the form in which texts are indexed. Nothing is sent anywhere. */
"use strict";
(function (search) {
  /* Longer queries are cut: nobody reads on. */
  const LONGEST = 120;
  const FROM = "〔【〖〕】〗“”„‟「」『』‘’‛—–―‐‑−﹣〜∼。、〈〉\u3000\u00a0¹²³⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₔₕₖₗₘₙₚₛₜ";
  const TO = "[[[]]]\"\"\"\"\"\"\"\"'''-------~~.,<>  1230i456789+-=()n0123456789+-=()aeoxəhklmnpst";

  /* One character stays one character: the same folding as folded() in folded_text.py. */
  function folded(text) {
    let result = "";
    for (const unit of text.split("")) {
      const code = unit.charCodeAt(0);
      let out = unit;
      if (code >= 0xff01 && code <= 0xff5e) out = String.fromCharCode(code - 0xfee0);
      else if (code > 0x7f && FROM.includes(unit)) out = TO[FROM.indexOf(unit)];
      const low = out.toLowerCase();
      result += low.length === 1 ? low : out;
    }
    return result;
  }

  const NUMBER = /^([\u4e00-\u9fff]{2,10})?\s*(?:[[(<]\s*((?:19|20)?\d{2})\s*年?\s*[\])>]\s*第?|((?:19|20)\d{2})\s*年\s*第?)\s*0*(\d{1,5})\s*号?$/;

  /* A document's number as texts write it: 某政办发[2026]3号. */
  function numberForm(term) {
    const found = NUMBER.exec(term);
    if (!found) return "";
    const year = Number(found[2] || found[3]);
    return `${found[1] || ""}[${year < 100 ? 2000 + year : year}]${Number(found[4])}号`;
  }

  const HAN_DIGITS = "〇一二三四五六七八九";
  const DATE = /^((?:19|20)\d{2})\s*[-./年]\s*0?(\d{1,2})\s*(?:[-./月]\s*(?:0?(\d{1,2})\s*[日号]?)?)?$/;
  const HAN_DATE = /^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号])?$/;

  function hanNumber(text) {
    const at = text.indexOf("十");
    if (at < 0) return HAN_DIGITS.indexOf(text);
    return (at ? HAN_DIGITS.indexOf(text[0]) : 1) * 10 + (at + 1 < text.length ? HAN_DIGITS.indexOf(text[at + 1]) : 0);
  }

  /* A date, or a month, as texts write it: 2026年2月11日. */
  function dateForm(term) {
    let [, year, month, day] = DATE.exec(term) || [];
    const found = HAN_DATE.exec(term);
    if (found) {
      year = [...found[1]].map((digit) => Math.max(0, HAN_DIGITS.indexOf(digit))).join("");
      month = hanNumber(found[2]);
      day = found[3] && hanNumber(found[3]);
    }
    if (!year || month < 1 || month > 12) return "";
    return `${year}年${Number(month)}月${day ? Number(day) + "日" : ""}`;
  }

  /* The terms of a query, all of which an answer has: words between spaces, and phrases in quotation marks. */
  function terms(query) {
    const text = folded(query.slice(0, LONGEST)).trim().replace(/\s+/g, " ");
    const number = numberForm(text);
    if (number) return [{ text, forms: [...new Set([text, number])], number, exact: true }];
    const found = [];
    const rest = text.replace(/(^| )"([^"]+)"(?= |$)/g, (whole, before, phrase) => {
      found.push({ text: phrase.trim(), forms: [phrase.trim()], exact: true });
      return " ";
    });
    for (const word of rest.split(" ").filter(Boolean)) {
      const spelt = numberForm(word);
      const forms = [...new Set([word, spelt, dateForm(word)].filter(Boolean))];
      found.push({ text: word, forms, number: spelt, exact: false });
    }
    return found.filter((term) => term.text);
  }

  search.text = { folded, terms, LONGEST };
}(window.gazetteSearch = window.gazetteSearch || {}));

/* A document while it is being typed: findings after each pause, drafts, saving, and what is done about a finding. */
"use strict";
(function () {
  const CHECK_AFTER = 250; /* Milliseconds without a key. */
  const DRAFT_AFTER = 1500;
  const MOST_BYTES = 4 * 1024 * 1024;
  const form = document.getElementById("document");
  const area = document.getElementById("text");
  const list = document.getElementById("findings");
  const state = document.getElementById("text-state");
  const fixAll = document.getElementById("fix-all");
  const marks = window.deskMarks.marksOf(area, document.getElementById("marks"));
  let found = [];
  let listed = null; /* The findings in the list: while the keyboard is in it, not those that were found since. */
  let asked = 0;
  let checkTimer = 0;
  let draftTimer = 0;
  let isWarned = false;
  let isDirty = form.dataset.draft === "yes";
  let edits = 0;
  let isSaving = false;
  let turn = Promise.resolve();

  function tell(words) {
    state.textContent = words;
  }

  function data(added) {
    const fields = new FormData(form);
    Object.keys(added || {}).forEach((name) => fields.set(name, added[name]));
    return fields;
  }

  function changed() {
    isDirty = true;
    edits += 1;
    marks.refresh();
    clearTimeout(checkTimer);
    clearTimeout(draftTimer);
    checkTimer = setTimeout(check, CHECK_AFTER);
    draftTimer = setTimeout(keepDraft, DRAFT_AFTER);
  }

  async function check() {
    asked += 1;
    const number = asked;
    try {
      const answer = await window.desk.send("findings", data());
      if (number !== asked) return;
      show(answer.findings);
      need(answer.needs);
      warn(answer.digest !== form.elements.digest.value);
    } catch (error) {
      if (number === asked) tell(error.message);
    }
  }

  function warn(isElsewhere) {
    if (isElsewhere) window.desk.tell("这份公文刚刚在别处改过。保存时两边都给你看，由你选。");
    else if (isWarned) window.desk.tell("");
    isWarned = isElsewhere;
  }

  /* Runs what writes the document or its draft one after another, each knowing what the one before has written. */
  function inTurn(act) {
    const done = turn.then(act);
    turn = done.catch(() => {});
    return done;
  }

  /* Remembers the digest of the draft that this page has written: no other may be overwritten or removed. */
  function remember(draft) {
    document.querySelectorAll("input[name=draft]").forEach((input) => (input.value = draft));
  }

  async function keepDraft() {
    try {
      await inTurn(async () => {
        if (!isDirty) return;
        remember((await window.desk.send("draft", data())).draft);
        window.deskTyping.forget();
        tell("草稿已存，还没有保存");
      });
    } catch (error) {
      window.deskTyping.keep();
      tell(error.message);
    }
  }

  /* Shows which fields documents of this kind have; one in which something is written stays. */
  function need(needs) {
    form.querySelectorAll("[data-key]").forEach((field) => {
      const of = needs[field.dataset.key];
      const isEmpty = Array.from(field.querySelectorAll("input, select")).every((each) => !each.value);
      field.hidden = of === "不填" && isEmpty;
      field.querySelector(".need").textContent = of === "必填" ? "（必填）" : of === "不填" ? "（这种体裁不写）" : "";
    });
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function item(finding) {
    const place = document.createElement("li");
    place.className = "finding";
    const severity = document.createElement("span");
    severity.className = "severity severity-" + finding.severity;
    severity.textContent = finding.severity + " " + finding.code;
    const where = document.createElement("span");
    where.className = "place";
    where.textContent = window.deskFindings.placeOf(finding);
    const acts = document.createElement("div");
    acts.className = "finding-acts";
    acts.append(button("去看", () => window.deskFindings.visit(finding)));
    if (finding.is_fixable) acts.append(button("改", () => fix(finding)));
    if (finding.is_waivable) acts.append(button("这是对的", () => waive(finding)));
    const why = document.createElement("a");
    why.className = "button";
    why.href = finding.rule;
    why.target = "_blank";
    why.rel = "noopener";
    why.textContent = "为什么";
    why.setAttribute("aria-label", "为什么：" + finding.code);
    acts.append(why);
    place.append(severity, " " + finding.message + finding.advice, where, acts);
    return place;
  }

  function show(findings) {
    document.getElementById("finding-count").textContent = findings.length;
    fixAll.hidden = !findings.some((finding) => finding.is_fixable);
    found = findings;
    drawOnceLeft();
    window.deskFindings.show(findings);
    marks.show(findings);
    form.querySelectorAll("[data-key]").forEach((field) => showFaults(field, findings.filter((finding) => finding.field === field.dataset.key)));
  }

  /* Says below a field, and to who hears its inputs, what is found in it. */
  function showFaults(field, own) {
    field.classList.toggle("field-faulty", own.length > 0);
    field.querySelectorAll("input, select").forEach((input) => {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    });
    field.querySelector(".faults").replaceChildren(...own.map((finding, index) => {
      const fault = document.createElement("p");
      const part = window.deskFindings.partOf(finding);
      const input = window.deskFindings.inputOf(finding);
      fault.className = "fault";
      fault.id = "fault-" + finding.field + "-" + index;
      fault.textContent = finding.severity + (part ? "（" + part + "）" : "") + "：" + finding.message + finding.advice;
      input.setAttribute("aria-describedby", ((input.getAttribute("aria-describedby") || "") + " " + fault.id).trim());
      if (finding.severity === "错误") input.setAttribute("aria-invalid", "true");
      return fault;
    }));
  }

  /* Draws the list now, or when the keyboard has left it. */
  function drawOnceLeft() {
    if (!list.contains(document.activeElement)) draw();
    else list.addEventListener("focusout", drawSoon, { once: true });
  }

  function drawSoon() {
    setTimeout(drawOnceLeft);
  }

  /* Brings the list up to what was found last. */
  function draw() {
    if (listed === found) return;
    listed = found;
    const none = document.createElement("li");
    none.className = "finding";
    none.textContent = "没有问题。";
    list.replaceChildren(...(found.length ? found.map(item) : [none]));
    window.deskFindings.mark();
  }

  /* Moves the cursor to a finding. */
  function go(finding) {
    if (finding.row < 0) {
      form.querySelector(".front").open = true;
      const head = document.getElementById("head");
      const input = window.deskFindings.inputOf(finding) || form.querySelector(".field input");
      const field = input.closest("[data-key]");
      if (field) field.hidden = false;
      input.focus();
      input.scrollIntoView({ block: "center" });
      if (input === head) select(head, Math.max(finding.line - 2, 0), 0, 0); /* The head begins in line 2. */
      return;
    }
    select(area, finding.row, finding.start, finding.length);
    const line = document.getElementById("marks").children[finding.row];
    if (line) area.scrollTop = Math.max(line.offsetTop - area.clientHeight / 3, 0);
  }

  /* Selects characters of a row of a text; without a length, those to the end of the row. */
  function select(text, row, start, length) {
    const lines = text.value.split("\n");
    const first = lines.slice(0, row).join("\n").length + (row ? 1 : 0) + start;
    text.focus();
    text.setSelectionRange(first, first + (length || Math.max((lines[row] || "").length - start, 0)));
  }

  /* Resolves to whether the editor agrees. */
  function confirmed(dialog) {
    return new Promise((resolve) => {
      dialog.returnValue = "no";
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
      dialog.showModal();
    });
  }

  async function fix(finding) {
    try {
      const answer = await window.desk.send("fix", data(finding ? { code: finding.code, line: finding.line, column: finding.column } : {}));
      document.getElementById("fix-before").textContent = answer.before;
      document.getElementById("fix-after").textContent = answer.after;
      if (await confirmed(document.getElementById("fix-dialog"))) fill(answer);
    } catch (error) {
      tell(error.message);
    }
  }

  async function waive(finding) {
    const reason = document.getElementById("waive-reason");
    reason.value = "";
    document.getElementById("waive-what").textContent = finding.code + "：" + finding.message;
    if (!(await confirmed(document.getElementById("waive-dialog")))) return;
    try {
      fill(await window.desk.send("waive", data({ code: finding.code, line: finding.line, column: finding.column, reason: reason.value })));
      tell("记在“校核豁免”里了，保存以后生效");
    } catch (error) {
      tell(error.message);
    }
  }

  /* Writes what a fix or a waiver changes into the form; its lines move up where some were emptied. */
  function fill(answer) {
    const head = document.getElementById("head");
    const names = Object.keys(answer.fields).filter((name) => name.startsWith("f:"));
    if (head) head.value = answer.head;
    else if (names.length) form.querySelectorAll('[name^="f:"]').forEach((input) => (input.value = ""));
    if (!head) names.forEach((name) => answer.fields[name].forEach((value, index) => {
      let inputs = form.querySelectorAll('[name="' + CSS.escape(name) + '"]');
      if (!inputs[index]) more(form.querySelector('[data-key="' + CSS.escape(name.split(":")[1]) + '"]'));
      inputs = form.querySelectorAll('[name="' + CSS.escape(name) + '"]');
      if (inputs[index]) inputs[index].value = value;
    }));
    window.deskTools.replaceAll(area, answer.text);
    changed();
    area.focus();
  }

  /* Adds an empty line, or an empty row, below the last of a field. */
  function more(field) {
    const last = field && Array.from(field.querySelectorAll(".more")).pop();
    if (!last) return;
    const next = last.cloneNode(true);
    (next.matches("input") ? [next] : Array.from(next.querySelectorAll("input"))).forEach((input) => {
      input.value = "";
      const parts = input.name.split(":");
      if (parts.length === 4) {
        input.name = [parts[0], parts[1], Number(parts[2]) + 1, parts[3]].join(":");
        input.setAttribute("aria-label", parts[1] + (Number(parts[2]) + 2) + "，" + parts[3]);
      }
    });
    last.after(next);
  }

  async function save(event) {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    clearTimeout(draftTimer);
    try {
      await inTurn(saveNow);
    } catch (error) {
      window.deskTyping.keep();
      tell(error.message);
    } finally {
      isSaving = false;
    }
  }

  /* Saves; where the file is another one now, the desk has kept the draft, and its page shows both. */
  async function saveNow() {
    const sent = edits;
    let answer;
    try {
      answer = await window.desk.send("", data());
    } catch (error) {
      if (error.status !== 409) throw error;
      remember(error.answer.draft);
      isDirty = false;
      form.submit();
      return;
    }
    form.elements.digest.value = answer.digest;
    window.deskTyping.forget();
    remember("");
    isDirty = edits !== sent;
    tell(isDirty ? "存好了；按了保存以后打的字，还没有保存" : answer.message);
    check();
  }

  async function discard(event) {
    event.preventDefault();
    clearTimeout(draftTimer);
    await turn;
    isDirty = false;
    window.deskTyping.forget();
    event.target.submit();
  }

  window.deskFindings.leadTo(go, draw);
  form.addEventListener("submit", save);
  if (document.getElementById("discard")) document.getElementById("discard").addEventListener("submit", discard);
  form.addEventListener("input", (event) => {
    const added = event.target.closest(".more");
    const field = event.target.closest("[data-key]");
    if (added && added === Array.from(field.querySelectorAll(".more")).pop() && event.target.value) more(field);
    changed();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") save(event);
  });
  area.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (text.length > MOST_BYTES) {
      event.preventDefault();
      tell("粘贴的文字超过 4 MB，不像一份公文，没有粘贴。");
      return;
    }
    const table = window.deskTables.pasted(event.clipboardData.getData("text/html"), text);
    if (!table) return;
    event.preventDefault();
    window.deskTools.table(area, table);
    tell(window.deskTables.warning(text) || "表格已改成公报的写法；退回用 Ctrl+Z");
  });
  ["keyup", "click"].forEach((name) => area.addEventListener(name, () => {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    window.deskPanes.follow(area.value.slice(start).split("\n", 1)[0]);
  }));
  document.addEventListener("placechosen", (event) => {
    go(event.detail);
    if (event.detail.row < 0) return;
    area.setSelectionRange(area.selectionStart, area.selectionStart);
    window.deskPanes.follow("");
  });
  const toolbar = document.querySelector("[role=toolbar]");
  toolbar.hidden = false;
  toolbar.addEventListener("click", (event) => {
    if (event.target.dataset.tool) window.deskTools.use(area, event.target.dataset.tool);
  });
  document.getElementById("table-open").addEventListener("click", () => window.deskGrid.open(area, data).catch((error) => tell(error.message)));
  fixAll.addEventListener("click", () => fix(null));
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
    if (isDirty) event.returnValue = "";
  });
  if (window.deskTyping.restore()) {
    changed();
    window.desk.tell("没有存下的字找回来了。看一看，按“保存”。");
  }
  marks.refresh();
  window.desk.follow((version) => {
    window.deskPanes.changed(version);
    check();
  });
}());

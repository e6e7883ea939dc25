/* A table of the text as a grid of cells. The desk reads the table and writes its lines; here it is only shown and changed. */
"use strict";
(function () {
  const MOST = 3000; /* Cells, as table_grid_screen.py has it. */
  const MOST_STEPS = 50;
  const dialog = document.getElementById("table-dialog");
  const body = document.getElementById("table-cells");
  const told = document.getElementById("table-state");
  const again = document.getElementById("table-again");
  let grid = null; /* head, rows, columns, and cells: rows of {text}; joined places hold the same object. */
  let source = null; /* Where the grid is from: the area, its text, and the lines of the table. */
  let left = null; /* A grid that was closed without being written, with the lines that it is from. */
  let steps = [];
  let at = { y: 0, x: 0 };
  let isChanged = false;
  let typing = null; /* The field whose typing the last step takes back; null after a step, or in another cell. */

  function copied(of) {
    const made = new Map();
    const cells = of.cells.map((row) => row.map((cell) => {
      if (!made.has(cell)) made.set(cell, { text: cell.text });
      return made.get(cell);
    }));
    return { head: of.head, rows: of.rows.slice(), columns: of.columns.slice(), cells };
  }

  /* Returns the first place, the height and the width of the cell at a place. */
  function extent(y, x) {
    const cell = grid.cells[y][x];
    let top = y;
    let start = x;
    while (top > 0 && grid.cells[top - 1][x] === cell) top -= 1;
    while (start > 0 && grid.cells[y][start - 1] === cell) start -= 1;
    let height = 1;
    let width = 1;
    while (top + height < grid.cells.length && grid.cells[top + height][start] === cell) height += 1;
    while (start + width < grid.columns.length && grid.cells[top][start + width] === cell) width += 1;
    return { y: top, x: start, height, width };
  }

  function each(act) {
    grid.cells.forEach((row, y) => row.forEach((cell, x) => {
      const place = extent(y, x);
      if (place.y === y && place.x === x) act(cell, place);
    }));
  }

  function field(y, x) {
    const place = extent(y, x);
    return body.querySelector('[data-place="' + place.y + ":" + place.x + '"]');
  }

  function fit(areas) {
    areas.forEach((area) => (area.style.height = "auto"));
    const heights = areas.map((area) => area.scrollHeight + 2);
    areas.forEach((area, index) => (area.style.height = heights[index] + "px"));
  }

  function label(place) {
    const name = place.y < grid.head ? "表头" : grid.cells[grid.head - 1][place.x].text.replace(/\s+/g, "");
    const joined = place.height * place.width > 1 ? "，合并" + place.height + "行" + place.width + "列" : "";
    return "第" + (place.y + 1) + "行，第" + (place.x + 1) + "列，" + (name || "没有列名") + joined;
  }

  function draw() {
    const rows = grid.cells.map(() => document.createElement("tr"));
    each((cell, place) => {
      const cellPlace = document.createElement(place.y < grid.head ? "th" : "td");
      cellPlace.rowSpan = place.height;
      cellPlace.colSpan = place.width;
      const area = document.createElement("textarea");
      area.rows = 1;
      area.value = cell.text;
      area.dataset.place = place.y + ":" + place.x;
      area.setAttribute("aria-label", label(place));
      area.setAttribute("spellcheck", "false");
      cellPlace.append(area);
      rows[place.y].append(cellPlace);
    });
    body.replaceChildren(...rows);
    fit(Array.from(body.querySelectorAll("textarea")));
  }

  function go(y, x, isWhole) {
    at = { y: Math.min(Math.max(y, 0), grid.cells.length - 1), x: Math.min(Math.max(x, 0), grid.columns.length - 1) };
    const area = field(at.y, at.x);
    area.focus();
    if (isWhole) area.select();
  }

  function tell(words) {
    told.textContent = words;
  }

  function keep() {
    steps.push(copied(grid));
    if (steps.length > MOST_STEPS) steps.shift();
    isChanged = true;
    typing = null;
  }

  /* Carries out a change of the grid; what it returns is why it cannot be done. */
  function change(act) {
    keep();
    const why = act();
    if (why) grid = steps.pop();
    tell(why || "");
    draw();
    go(at.y, at.x);
  }

  function isJoinedAcross(y) {
    return y > 0 && y < grid.cells.length && grid.cells[y].some((cell, x) => grid.cells[y - 1][x] === cell);
  }

  function isJoinedBeside(x) {
    return x > 0 && x < grid.columns.length && grid.cells.some((row) => row[x - 1] === row[x]);
  }

  /* Adds a row before y; the cells that are joined across that place grow. */
  function addRow(y, isHead) {
    const above = grid.cells[y - 1];
    const below = grid.cells[y];
    grid.cells.splice(y, 0, grid.columns.map((_, x) => (above && below && above[x] === below[x] ? above[x] : { text: "" })));
    grid.rows.splice(y, 0, null);
    if (isHead) grid.head += 1;
  }

  function addColumn(x) {
    grid.cells.forEach((row) => row.splice(x, 0, x > 0 && x < row.length && row[x - 1] === row[x] ? row[x] : { text: "" }));
    grid.columns.splice(x, 0, null);
  }

  function isFull(rows, columns) {
    return (grid.cells.length + rows) * (grid.columns.length + columns) > MOST ? "表格超过 " + MOST + " 格，没有再加。" : "";
  }

  function moveRow(y, step) {
    const other = y + step;
    if (other < 0 || other >= grid.cells.length || (y < grid.head) !== (other < grid.head)) return "已经到头了：表头的行和下面的行不能互换。";
    const first = Math.min(y, other);
    if ([first, first + 1, first + 2].some(isJoinedAcross)) return "这里有上下合并的格。先拆开，再移动。";
    [grid.cells, grid.rows].forEach((list) => list.splice(first, 2, list[first + 1], list[first]));
    at.y = other;
    return "";
  }

  function moveColumn(x, step) {
    const other = x + step;
    if (other < 0 || other >= grid.columns.length) return "已经到头了。";
    const first = Math.min(x, other);
    if ([first, first + 1, first + 2].some(isJoinedBeside)) return "这里有左右合并的格。先拆开，再移动。";
    [...grid.cells, grid.columns].forEach((list) => list.splice(first, 2, list[first + 1], list[first]));
    at.x = other;
    return "";
  }

  function deleteRow(y) {
    if (y < grid.head && grid.head === 1) return "表头至少要有一行。";
    [grid.cells, grid.rows].forEach((list) => list.splice(y, 1));
    if (y < grid.head) grid.head -= 1;
    at.y = Math.min(at.y, grid.cells.length - 1);
    return "";
  }

  function deleteColumn(x) {
    if (grid.columns.length === 1) return "表格至少要有一列。";
    [...grid.cells, grid.columns].forEach((list) => list.splice(x, 1));
    at.x = Math.min(at.x, grid.columns.length - 1);
    return "";
  }

  /* Joins the cell at the place with the one to the right of it, or below it. */
  function join(y, x, down) {
    const one = extent(y, x);
    const next = down ? { y: one.y + one.height, x: one.x } : { y: one.y, x: one.x + one.width };
    if (next.y >= grid.cells.length || next.x >= grid.columns.length) return down ? "下面没有格了。" : "右边没有格了。";
    if (down && one.y < grid.head !== next.y < grid.head) return "表头的格和下面的格不能合并。";
    const other = extent(next.y, next.x);
    const isLevel = down ? other.x === one.x && other.width === one.width : other.y === one.y && other.height === one.height;
    if (!isLevel || other.y !== next.y || other.x !== next.x) return "两格大小不一样，合并了不是矩形。";
    const cell = grid.cells[one.y][one.x];
    cell.text = [cell.text, grid.cells[other.y][other.x].text].filter(Boolean).join("\n");
    for (let row = other.y; row < other.y + other.height; row += 1) grid.cells[row].fill(cell, other.x, other.x + other.width);
    at = { y: one.y, x: one.x };
    return "";
  }

  function split(y, x) {
    const one = extent(y, x);
    if (one.height * one.width === 1) return "这一格没有合并。";
    for (let row = one.y; row < one.y + one.height; row += 1) {
      for (let column = one.x; column < one.x + one.width; column += 1) {
        if (row !== one.y || column !== one.x) grid.cells[row][column] = { text: "" };
      }
    }
    return "";
  }

  function setHead(y) {
    if (isJoinedAcross(y + 1)) return "这一行的格和下一行合并着。先拆开，再定表头。";
    grid.head = y + 1;
    return "";
  }

  const ACTS = {
    "row-above": () => isFull(1, 0) || addRow(at.y, at.y < grid.head),
    "row-below": () => isFull(1, 0) || addRow(at.y + 1, at.y + 1 < grid.head) || void (at.y += 1),
    "row-up": () => moveRow(at.y, -1),
    "row-down": () => moveRow(at.y, 1),
    "row-delete": () => deleteRow(at.y),
    "column-before": () => isFull(0, 1) || addColumn(at.x),
    "column-after": () => isFull(0, 1) || addColumn(at.x + 1) || void (at.x += 1),
    "column-left": () => moveColumn(at.x, -1),
    "column-right": () => moveColumn(at.x, 1),
    "column-delete": () => deleteColumn(at.x),
    "join-right": () => join(at.y, at.x, false),
    "join-down": () => join(at.y, at.x, true),
    "split": () => split(at.y, at.x),
    "head": () => setHead(at.y),
  };

  /* Tells whether a place belongs to a joined cell that begins elsewhere. */
  function isInside(y, x) {
    if (y >= grid.cells.length || x >= grid.columns.length) return false;
    const place = extent(y, x);
    return place.y !== y || place.x !== x;
  }

  /* Writes rows that were copied elsewhere into the cells from a place on; the grid grows where they need more. */
  function fill(rows, y, x) {
    const width = Math.max(...rows.map((row) => row.length));
    const more = isFull(Math.max(y + rows.length - grid.cells.length, 0), Math.max(x + width - grid.columns.length, 0));
    if (more) return more;
    if (rows.some((row, down) => row.some((text, right) => text && isInside(y + down, x + right)))) return "这里有合并的格，没有粘贴：先拆开，再粘贴。";
    while (grid.cells.length < y + rows.length) addRow(grid.cells.length, false);
    while (grid.columns.length < x + width) addColumn(grid.columns.length);
    rows.forEach((row, down) => row.forEach((text, right) => {
      if (!isInside(y + down, x + right)) grid.cells[y + down][x + right].text = text;
    }));
    return "";
  }

  async function paste(event) {
    const text = event.clipboardData.getData("text/plain");
    const rows = window.deskTables.cells(event.clipboardData.getData("text/html"), text);
    if (!rows || !event.target.dataset.place) return;
    event.preventDefault();
    const [y, x] = event.target.dataset.place.split(":").map(Number);
    try {
      const answer = await window.desk.send("table/cells", { rows: JSON.stringify(rows) });
      change(() => fill(answer.rows, y, x));
      tell(told.textContent || window.deskTables.warning(text));
    } catch (error) {
      tell(error.message);
    }
  }

  /* Moves between cells as a spreadsheet does; inside a cell the arrows move the cursor first. */
  function press(event) {
    const area = event.target;
    if (event.isComposing || !area.dataset.place) return;
    const place = extent(at.y, at.x);
    const isBare = !event.ctrlKey && !event.altKey && !event.metaKey;
    const start = area.selectionStart;
    const stop = area.selectionEnd;
    const isWhole = start === 0 && stop === area.value.length;
    let next = null;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      write();
      return;
    }
    if (event.key === "Enter" && event.altKey) {
      event.preventDefault();
      area.setRangeText("\n", start, stop, "end");
      typed(area);
      return;
    }
    if (!isBare) return;
    if (event.key === "Enter") next = event.shiftKey ? [place.y - 1, at.x] : [place.y + place.height, at.x];
    else if (event.key === "Tab") next = beside(event.shiftKey ? -1 : 1);
    else if (event.shiftKey) return;
    else if (event.key === "ArrowUp" && !area.value.slice(0, start).includes("\n")) next = [place.y - 1, at.x];
    else if (event.key === "ArrowDown" && !area.value.slice(stop).includes("\n")) next = [place.y + place.height, at.x];
    else if (event.key === "ArrowLeft" && (isWhole || stop === 0)) next = [at.y, place.x - 1];
    else if (event.key === "ArrowRight" && (isWhole || start === area.value.length)) next = [at.y, place.x + place.width];
    if (!next) return;
    const isThere = next[0] >= 0 && next[0] < grid.cells.length && next[1] >= 0 && next[1] < grid.columns.length;
    if (event.key !== "Tab" || isThere) event.preventDefault();
    if (isThere) go(next[0], next[1], true);
  }

  /* Returns the cell before or after the one of the cursor; beyond the last one Tab leaves the grid. */
  function beside(step) {
    const areas = Array.from(body.querySelectorAll("textarea"));
    const next = areas[areas.indexOf(field(at.y, at.x)) + step];
    return next ? next.dataset.place.split(":").map(Number) : [-1, -1];
  }

  function typed(area) {
    const place = area.dataset.place.split(":").map(Number);
    if (typing !== area) keep();
    typing = area;
    grid.cells[place[0]][place[1]].text = area.value;
    fit([area]);
  }

  function show(shown) {
    grid = shown;
    steps = [];
    typing = null;
    isChanged = false;
    tell("");
    draw();
  }

  async function open(area, data) {
    const line = area.value.slice(0, area.selectionStart).split("\n").length - 1;
    const answer = await window.desk.send("table/open", data({ line }));
    const lines = area.value.split("\n").slice(answer.start, answer.stop).join("\n");
    source = { area, data, line, text: area.value, lines, start: answer.start };
    const made = answer.texts.map((row) => row.map((text) => ({ text })));
    show({
      head: answer.head,
      rows: answer.texts.map((_, y) => y),
      columns: answer.texts[0].map((_, x) => x),
      cells: answer.origins.map((row) => row.map((origin) => made[origin[0]][origin[1]])),
    });
    again.hidden = !left || left.lines !== lines;
    dialog.showModal();
    const row = line - answer.start;
    go(row > answer.head ? row - 1 : Math.min(row, answer.head - 1), 0, true);
  }

  function sent() {
    const texts = grid.cells.map((row) => row.map(() => ""));
    const origins = grid.cells.map((row) => row.slice());
    each((cell, place) => {
      texts[place.y][place.x] = cell.text;
      for (let y = place.y; y < place.y + place.height; y += 1) origins[y].fill([place.y, place.x], place.x, place.x + place.width);
    });
    return JSON.stringify({ head: grid.head, rows: grid.rows, columns: grid.columns, texts, origins });
  }

  async function write() {
    const { area, data, line, text, lines, start } = source;
    try {
      const answer = await window.desk.send("table/write", data({ text, line, table: sent() }));
      if (area.value !== text) throw new Error("正文刚刚改过，没有写。关上表格，再打开一次。");
      const before = text.split("\n").slice(0, start).join("\n").length + (start ? 1 : 0);
      const after = answer.lines.join("\n");
      isChanged = false;
      left = null;
      dialog.close();
      window.deskTools.replaceAll(area, text.slice(0, before) + after + text.slice(before + lines.length));
      area.focus();
      area.setSelectionRange(before, before);
    } catch (error) {
      tell(error.message);
    }
  }

  body.addEventListener("focusin", (event) => {
    const place = (event.target.dataset.place || "").split(":").map(Number);
    if (place.length === 2) at = { y: place[0], x: place[1] };
    if (typing !== event.target) typing = null;
  });
  body.addEventListener("input", (event) => typed(event.target));
  body.addEventListener("change", () => fit(Array.from(body.querySelectorAll("textarea"))));
  body.addEventListener("keydown", press);
  body.addEventListener("paste", paste);
  dialog.querySelector("[role=toolbar]").addEventListener("click", (event) => {
    const act = ACTS[event.target.dataset.act];
    if (act) change(act);
  });
  document.getElementById("table-undo").addEventListener("click", () => {
    if (!steps.length) return;
    grid = steps.pop();
    typing = null;
    tell("");
    draw();
    go(at.y, at.x);
  });
  again.addEventListener("click", () => {
    show(left.grid);
    isChanged = true;
    again.hidden = true;
    go(0, 0, true);
  });
  document.getElementById("table-write").addEventListener("click", write);
  document.getElementById("table-leave").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (isChanged) left = { grid, lines: source.lines };
    source.area.focus();
  });

  window.deskGrid = { open };
}());

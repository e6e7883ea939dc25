/* Where the text and the form are on the printed pages: what the cursor is in has a frame, and a click on a page moves the cursor. */
"use strict";
(function () {
  let printed = { rows: [], blocks: [], fields: [], sizes: [] };

  /* Returns the row of one text that is at the row of another, as far as the same rows stand above or below; -1 where that is not known. */
  function rowIn(to, from, row) {
    const [above, below] = window.desk.sameEnds(to, from);
    if (row < above) return row;
    if (row >= from.length - below) return row + to.length - from.length;
    return to.length - below - above === 1 ? above : -1;
  }

  /* Puts a frame around an area of a block. */
  function framed(sheets, area) {
    const sheet = sheets[area.page - 1];
    const [width, height] = printed.sizes[area.page - 1];
    const frame = document.createElement("div");
    frame.className = "print-frame";
    frame.style.left = area.left / width * 100 + "%";
    frame.style.top = area.top / height * 100 + "%";
    frame.style.width = area.width / width * 100 + "%";
    frame.style.height = area.height / height * 100 + "%";
    sheet.append(frame);
    return frame;
  }

  /* Returns the areas of the block that a row of the text is in. */
  function areasOfRow(told, row, rows) {
    const place = rowIn(told.rows, rows, row);
    const block = told.blocks.find((each) => each.first <= place && place <= each.last);
    return block ? block.areas : [];
  }

  /* Returns the areas of an input of the form: of its own value, or of the whole field. */
  function areasOfInput(told, place) {
    const key = place.field === "标题分行" ? "标题" : place.field;
    const own = told.fields.filter((each) => each.field === key);
    const found = own.find((each) => each.number === place.number && each.name === place.name) || own.find((each) => each.number < 0) || own[0];
    return found ? found.areas : [];
  }

  /* Returns the areas of what the cursor is in, a row of the text or an input of the form, on the pages that are told of. */
  function areasOf(told, place, rows) {
    return typeof place === "number" ? areasOfRow(told, place, rows) : areasOfInput(told, place);
  }

  /* Returns the page, from 1 on, on which what the cursor is in will be printed; 0 where that is not known. */
  function pageOf(told, place, rows) {
    const areas = areasOf(told, place, rows);
    return areas.length ? areas[0].page : 0;
  }

  /* Scrolls the pane to what the cursor is in, and marks it; marks nothing where its place is not known. */
  function follow(pane, place, rows) {
    const sheets = Array.from(pane.querySelectorAll(".print-sheet"));
    pane.querySelectorAll(".print-frame").forEach((each) => each.remove());
    if (sheets.length !== printed.sizes.length) return;
    const frames = areasOf(printed, place, rows).map((area) => framed(sheets, area));
    if (!frames.length) return;
    const top = frames[0].getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (top < 0 || top > pane.clientHeight * 0.8) pane.scrollTop += top - pane.clientHeight / 4;
  }

  /* Returns what is printed where a page was clicked: the value of an input, or the row of the text; null where that is not known. */
  function placeAt(event, rows) {
    const sheet = event.target.closest(".print-sheet");
    if (!sheet) return null;
    const page = Number(sheet.dataset.page);
    const [width, height] = printed.sizes[page - 1] || [0, 0];
    const box = sheet.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * width;
    const y = (event.clientY - box.top) / box.height * height;
    const holds = (area) => area.page === page && x >= area.left && x <= area.left + area.width && y >= area.top && y <= area.top + area.height;
    const field = printed.fields.find((each) => each.areas.some(holds));
    if (field) return { row: -1, field: field.field, number: Math.max(field.number, 0), name: field.name };
    const block = printed.blocks.find((each) => each.areas.some(holds));
    const row = block ? rowIn(rows, printed.rows, block.first) : -1;
    return row >= 0 ? { row, start: 0, length: 0 } : null;
  }

  window.deskPrints = { follow, pageOf, placeAt, changed: (told) => { printed = told; } };
}());

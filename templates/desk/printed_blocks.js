/* Where the text is on the printed pages: the block with the cursor has a frame, and a click on a page moves the cursor. */
"use strict";
(function () {
  let printed = { rows: [], blocks: [], sizes: [] };

  /* Returns the row of one text that is at the row of another, as far as the same rows stand above or below; -1 where that is not known. */
  function rowIn(to, from, row) {
    const least = Math.min(to.length, from.length);
    let above = 0;
    while (above < least && to[above] === from[above]) above += 1;
    let below = 0;
    while (below < least - above && to[to.length - 1 - below] === from[from.length - 1 - below]) below += 1;
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

  /* Returns the block that is printed of a row of the text; undefined where that is not known. */
  function blockAt(row, rows) {
    const place = rowIn(printed.rows, rows, row);
    return printed.blocks.find((each) => each.first <= place && place <= each.last);
  }

  /* Returns the page, from 1 on, on which a row of the text is printed; 0 where that is not known. */
  function pageAt(row, rows) {
    const block = blockAt(row, rows);
    return block && block.areas.length ? block.areas[0].page : 0;
  }

  /* Scrolls the pane to the block that a row of the text is in, and marks it; marks nothing where its place is not known. */
  function follow(pane, row, rows) {
    const sheets = Array.from(pane.querySelectorAll(".print-sheet"));
    pane.querySelectorAll(".print-frame").forEach((each) => each.remove());
    const block = blockAt(row, rows);
    if (!block || sheets.length !== printed.sizes.length) return;
    const frames = block.areas.map((area) => framed(sheets, area));
    if (!frames.length) return;
    const top = frames[0].getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (top < 0 || top > pane.clientHeight * 0.8) pane.scrollTop += top - pane.clientHeight / 4;
  }

  /* Returns the row of the text that is printed where a page was clicked; -1 where that is not known. */
  function rowAt(event, rows) {
    const sheet = event.target.closest(".print-sheet");
    if (!sheet) return -1;
    const page = Number(sheet.dataset.page);
    const [width, height] = printed.sizes[page - 1] || [0, 0];
    const box = sheet.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width * width;
    const y = (event.clientY - box.top) / box.height * height;
    const holds = (area) => area.page === page && x >= area.left && x <= area.left + area.width && y >= area.top && y <= area.top + area.height;
    const block = printed.blocks.find((each) => each.areas.some(holds));
    return block ? rowIn(rows, printed.rows, block.first) : -1;
  }

  window.deskPrints = { follow, pageAt, rowAt, changed: (told) => { printed = told; } };
}());

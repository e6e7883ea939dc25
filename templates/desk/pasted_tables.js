/* Tables copied in Excel, WPS or Word become tables of the dialect when they are pasted. */
"use strict";
(function () {
  /* Returns the lines of a cell that say something. Spaces are folded as HTML folds them; those of a full width indent a cell and stay. */
  function linesOf(text) {
    return text.split("\n").map((line) => line.replace(/[\t\u00a0 ]+/g, " ").replace(/^ | $/g, "")).filter((line) => line.trim());
  }

  /* Returns the text of a cell as the dialect writes it. */
  function cell(text) {
    const words = linesOf(text).map((line) => line.replace(/[\\`*_|]/g, "\\$&")).join(" \\ ");
    return words === "^^" || words === "<<" ? "\\" + words : words;
  }

  /* Returns the text of a cell as it is, its lines apart. */
  function plain(text) {
    return linesOf(text).join("\n");
  }

  function table(rows) {
    const width = Math.max(...rows.map((row) => row.length));
    const full = rows.map((row) => row.concat(Array(width - row.length).fill("")));
    const drawn = full.map((row) => "| " + row.join(" | ") + " |");
    drawn.splice(1, 0, "|" + " --- |".repeat(width));
    return drawn.join("\n");
  }

  /* Returns the lines of a cell of HTML; each paragraph is one. Where Word and Excel end a line of the HTML itself, HTML has a
     space. */
  function textOf(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/[\t\r\n ]+/g, " ");
    element.querySelectorAll("br").forEach((each) => each.replaceWith("\n"));
    element.querySelectorAll("p, div").forEach((each) => each.append("\n"));
    return element.textContent;
  }

  function span(element, name) {
    return Math.min(Math.max(parseInt(element.getAttribute(name), 10) || 1, 1), 200);
  }

  /* Returns the rows of a table of HTML, each cell as said, joined ones as << and ^^; null where the text has no table, or
     more than one. */
  function rowsOfHtml(html, said, left, up) {
    const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("table");
    if (found.length !== 1) return null;
    const rows = [];
    Array.from(found[0].rows).forEach((row, index) => {
      rows[index] = rows[index] || [];
      let column = 0;
      Array.from(row.cells).forEach((each) => {
        while (rows[index][column] !== undefined) column += 1;
        const words = said(textOf(each));
        for (let down = 0; down < span(each, "rowspan") && index + down < found[0].rows.length; down += 1) {
          rows[index + down] = rows[index + down] || [];
          for (let right = 0; right < span(each, "colspan"); right += 1) {
            rows[index + down][column + right] = down ? up : right ? left : words;
          }
        }
      });
    });
    return rows.length ? rows.map((row) => Array.from(row, (each) => each === undefined ? "" : each)) : null;
  }

  /* Returns the rows of text with tabs, as Excel copies it, each cell as said. A cell with line ends is in quotes. */
  function rowsOfText(text, said) {
    const rows = [[]];
    const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/g;
    let found = pattern.exec(text);
    while (found && (found[0] || found.index < text.length)) {
      rows[rows.length - 1].push(said(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"')));
      if (found[3] !== "\t" && pattern.lastIndex < text.length) rows.push([]);
      found = pattern.exec(text);
    }
    return rows;
  }

  function isTable(rows) {
    return rows[0].length > 1 && rows.length > 1 && rows.every((row) => row.length === rows[0].length);
  }

  /* Returns the table of the dialect for what the clipboard holds; empty where it holds none. */
  function pasted(html, text) {
    const ofHtml = html && /<table/i.test(html) ? rowsOfHtml(html, cell, "<<", "^^") : null;
    const rows = ofHtml || rowsOfText(text, cell);
    return ofHtml || isTable(rows) ? table(rows) : "";
  }

  /* Returns the rows of cells that the clipboard holds; null for a text without cells, which belongs into one. */
  function cells(html, text) {
    if (html && /<table/i.test(html)) {
      const rows = rowsOfHtml(html, plain, "", "");
      if (rows) return rows;
    }
    return /[\t\r\n]/.test(text) ? rowsOfText(text, plain) : null;
  }

  window.deskTables = { pasted, cells };
}());

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

  /* Returns the lines of a cell of HTML; each paragraph is one, and each row of a table within the cell. Where Word and Excel end
     a line of the HTML itself, HTML has a space. */
  function textOf(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(/[\t\r\n ]+/g, " ");
    element.querySelectorAll("br").forEach((each) => each.replaceWith("\n"));
    element.querySelectorAll("td p:only-child, th p:only-child").forEach((each) => each.replaceWith(...each.childNodes));
    element.querySelectorAll("td, th").forEach((each) => each.append(" "));
    element.querySelectorAll("p, div, tr").forEach((each) => each.append("\n"));
    element.querySelectorAll("table").forEach((each) => each.before("\n"));
    return element.textContent;
  }

  function span(element, name) {
    return Math.min(Math.max(parseInt(element.getAttribute(name), 10) || 1, 1), 200);
  }

  /* Returns the table that holds all others of a text of HTML; null where there are several beside one another. What holds a
     table and no other words, as on a page or in a letter, is no table itself. */
  function tableOf(html) {
    const found = Array.from(new DOMParser().parseFromString(html, "text/html").querySelectorAll("table"));
    const words = (each) => each.textContent.replace(/\s/g, "");
    const isFrame = (each) => each.rows.length === 1 && each.rows[0].cells.length === 1;
    if (!found.length || !found.every((each) => found[0].contains(each))) return null;
    while (found.length > 1 && isFrame(found[0])) {
      if (words(found[0]) !== words(found[1])) return null;
      found.shift();
    }
    return found[0];
  }

  /* Returns the rows of a table of HTML, each cell as said, joined ones as << and ^^; null where the text has not one table. */
  function rowsOfHtml(html, said, left, up) {
    const source = tableOf(html);
    if (!source) return null;
    const rows = [];
    Array.from(source.rows).forEach((row, index) => {
      rows[index] = rows[index] || [];
      let column = 0;
      Array.from(row.cells).forEach((each) => {
        while (rows[index][column] !== undefined) column += 1;
        const words = said(textOf(each));
        for (let down = 0; down < span(each, "rowspan") && index + down < source.rows.length; down += 1) {
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

  /* Returns what to tell of a text that was pasted: Excel copies the marks of a number for which its column is too narrow. */
  function warning(text) {
    return /(?:^|[\t\n])#{3,}(?=[\t\r\n]|$)/.test(text) ? "有的格只有“###”：Excel 里列太窄，数没有显示出来，也就没有复制来。把列加宽，再复制一次。" : "";
  }

  window.deskTables = { pasted, cells, warning };
}());

/* Line numbers and findings behind the text area, which stays a plain one: input methods, undo and readers aloud work as ever. */
"use strict";
(function () {
  const MOST = 200000; /* Characters above which the text has no marks, so that typing never waits. */

  /* Returns the marks of a text area: show(findings) draws them, refresh() follows what is typed. */
  function marksOf(area, back) {
    let lines = [];
    let marks = [];

    /* Returns the element of a line with its marks. */
    function element(text, ofLine) {
      const place = document.createElement("div");
      place.className = "marks-line";
      let done = 0;
      ofLine.forEach((mark) => {
        if (mark.start < done || mark.start >= text.length) return;
        const end = mark.length ? Math.min(mark.start + mark.length, text.length) : text.length;
        const drawn = document.createElement("mark");
        drawn.className = "mark-" + mark.severity;
        drawn.textContent = text.slice(mark.start, end);
        place.append(text.slice(done, mark.start), drawn);
        done = end;
      });
      place.append(text.slice(done));
      return place;
    }

    function marksAt(row) {
      return marks.filter((mark) => mark.row === row).sort((one, other) => one.start - other.start);
    }

    /* Draws anew the lines that have changed; the marks of lines below move with them. */
    function refresh() {
      const isShown = area.value.length <= MOST;
      back.hidden = !isShown;
      area.parentElement.classList.toggle("marked", isShown);
      if (!isShown) return;
      const next = area.value.split("\n");
      const [start, end] = window.desk.sameEnds(lines, next);
      const moved = next.length - lines.length;
      const last = lines.length - end;
      marks = marks.filter((mark) => mark.row < start || mark.row >= last).map((mark) => (mark.row < start ? mark : Object.assign({}, mark, { row: mark.row + moved })));
      for (let row = last - 1; row >= start; row -= 1) back.children[row].remove();
      const added = document.createDocumentFragment();
      next.slice(start, next.length - end).forEach((text) => added.append(element(text, [])));
      back.insertBefore(added, back.children[start] || null);
      lines = next;
      follow();
    }

    function show(findings) {
      const before = new Set(marks.map((mark) => mark.row));
      marks = findings.filter((finding) => finding.row >= 0);
      marks.forEach((mark) => before.add(mark.row));
      refresh();
      before.forEach((row) => {
        if (row < lines.length && back.children[row]) back.children[row].replaceWith(element(lines[row], marksAt(row)));
      });
      follow();
    }

    function follow() {
      back.scrollTop = area.scrollTop;
    }

    area.addEventListener("scroll", follow);
    return { show, refresh };
  }

  window.deskMarks = { marksOf };
}());

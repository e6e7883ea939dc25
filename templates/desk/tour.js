/* The tour: the box stands beside what it points to, takes the focus, and ends with Escape. */
"use strict";
(function () {
  const GAP = 12;
  const box = document.getElementById("tour");
  const end = box.querySelector("form");
  let target = null;

  /* Puts the box to the first place beside the target where it is whole in the window and covers none of it. */
  function place() {
    if (!target) return;
    const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
    const mark = target.getBoundingClientRect();
    const own = { width: box.offsetWidth, height: box.offsetHeight };
    const inside = (value, size, all) => Math.max(GAP / 2, Math.min(value, all - size - GAP / 2));
    const left = inside(mark.left, own.width, room.width);
    const top = inside(mark.top, own.height, room.height);
    const places = [
      { left, top: mark.bottom + GAP },
      { left, top: mark.top - GAP - own.height },
      { left: mark.right + GAP, top },
      { left: mark.left - GAP - own.width, top },
    ];
    const found = places.find((each) => each.left >= 0 && each.top >= 0 && each.left + own.width <= room.width && each.top + own.height <= room.height);
    const chosen = found || { left: room.width - own.width - GAP / 2, top: room.height - own.height - GAP / 2 };
    box.style.left = chosen.left + "px";
    box.style.top = chosen.top + "px";
    box.style.right = "auto";
    box.style.bottom = "auto";
  }

  /* Scrolls so that the target is in the upper part of the window, with room for the box below it. */
  function show() {
    const folded = target.closest("details");
    if (folded) folded.open = true;
    const mark = target.getBoundingClientRect();
    if (mark.top < GAP || mark.bottom + 2 * GAP + box.offsetHeight > window.innerHeight) window.scrollBy(0, mark.top - 2 * GAP);
    place();
  }

  /* The page makes some of its parts only later, or anew: what is pointed to is looked for again then. */
  function find() {
    const found = document.querySelector(box.dataset.target);
    if (found === target) {
      place();
      return;
    }
    if (target) target.classList.remove("tour-target");
    target = found;
    if (!target) return;
    target.classList.add("tour-target");
    show();
  }

  document.addEventListener("keydown", (event) => {
    const isElsewhere = document.activeElement !== document.body && !box.contains(document.activeElement);
    if (event.key !== "Escape" || event.defaultPrevented || isElsewhere) return;
    event.preventDefault();
    end.submit();
  });
  window.addEventListener("scroll", place, { passive: true });
  window.addEventListener("resize", () => (target ? show() : undefined));
  new MutationObserver(find).observe(document.getElementById("main"), { childList: true, subtree: true });
  find();
  box.focus({ preventScroll: true });
}());

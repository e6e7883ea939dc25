/* The citation of a document names the place to which the address leads: 第五条第（三）项. */
"use strict";
(function () {
  function named() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch (error) { /* an address that is cut off */ }
    const target = id && document.getElementById(id);
    const cited = target && target.closest("[data-cite]");
    return cited ? cited.dataset.cite : "";
  }

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.getElementById("cited-place");
    if (!place) return;
    const show = () => { place.textContent = named(); };
    window.addEventListener("hashchange", show);
    show();
  });
}());

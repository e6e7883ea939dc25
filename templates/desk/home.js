/* The first screen follows what changes on the disk, while nobody works on it. */
"use strict";
(function () {
  window.desk.follow(async (version) => {
    const home = document.getElementById("home");
    if (String(version) === home.dataset.version || home.contains(document.activeElement)) return;
    const fresh = await window.desk.fresh("home");
    if (fresh) home.replaceWith(fresh);
  });
}());

/* The first screen follows what changes on the disk, while nobody works on it. */
"use strict";
(function () {
  window.desk.follow(async (version) => {
    const home = document.getElementById("home");
    if (String(version) === home.dataset.version || home.contains(document.activeElement)) return;
    const answer = await fetch(location.pathname).catch(() => null);
    if (!answer || !answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("home");
    if (fresh) home.replaceWith(fresh);
  });
}());

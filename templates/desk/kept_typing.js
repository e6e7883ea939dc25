/* What is typed while the desk does not take it, since it was closed or opened anew: kept in the tab until it does. */
"use strict";
(function () {
  const KEY = "typed:" + location.pathname;
  const form = document.getElementById("document");
  const inputs = () => Array.from(form.querySelectorAll("textarea[name], select[name], input[name]:not([type=hidden])"));
  const typed = () => JSON.stringify(inputs().map((input) => [input.name, input.value]));

  /* Keeps the form as it is; a browser without room or leave for it goes without. */
  function keep() {
    try {
      sessionStorage.setItem(KEY, typed());
    } catch {
      /* Nothing is worse than before. */
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      /* There was nothing to forget. */
    }
  }

  /* Writes what was kept into the form; tells whether that changed it. Rows that the form does not have yet stay out. */
  function restore() {
    let kept;
    try {
      kept = sessionStorage.getItem(KEY);
    } catch {
      return false;
    }
    if (!kept || kept === typed()) return false;
    const rest = inputs();
    JSON.parse(kept).forEach(([name, value]) => {
      const at = rest.findIndex((input) => input.name === name);
      if (at >= 0) rest.splice(at, 1)[0].value = value;
    });
    return true;
  }

  window.deskTyping = { keep, forget, restore };
}());

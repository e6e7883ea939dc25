/* The form for a new document: only the inputs of its kind, and the numbers that are free. */
"use strict";
(function () {
  const form = document.getElementById("new-document");
  const inputs = form.elements;
  let asked = 0;

  function showInputs() {
    const has = inputs.kind.selectedOptions[0].dataset.inputs.split(" ");
    form.querySelectorAll("[data-field]").forEach((field) => {
      field.hidden = !has.includes(field.dataset.field);
      field.querySelectorAll("input").forEach((input) => { input.disabled = field.hidden; });
    });
  }

  function offer(place, words) {
    place.replaceChildren(...words.map((number) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `用${number}`;
      button.addEventListener("click", () => {
        inputs[place.dataset.input].value = number;
        inputs[place.dataset.input].focus();
      });
      return button;
    }));
  }

  async function propose() {
    const mine = ++asked;
    const query = new URLSearchParams({ kind: inputs.kind.value, issuers: inputs.issuers.value, date: inputs.date.value });
    const answer = await fetch(`${form.dataset.numbers}?${query}`).catch(() => null);
    if (!answer || !answer.ok || mine !== asked) return;
    const found = await answer.json();
    form.querySelectorAll("[data-proposals]").forEach((place) => offer(place, found[place.dataset.proposals]));
  }

  inputs.kind.addEventListener("change", () => { showInputs(); propose(); });
  ["issuers", "date"].forEach((name) => inputs[name].addEventListener("change", propose));
  showInputs();
  propose();
  const wrong = form.querySelector("[aria-invalid]");
  if (wrong) wrong.focus();
}());

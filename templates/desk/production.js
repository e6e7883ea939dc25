/* Follows the work that goes on beside the desk, and shows the page anew when it is done. */
"use strict";
(function () {
  const EVERY = 700;
  const work = document.getElementById("work");
  if (!work || work.dataset.busy !== "yes") return;
  const step = document.getElementById("work-step");

  async function look() {
    try {
      const answer = await fetch(work.dataset.progress, { headers: { "Accept": "application/json" } });
      const state = await answer.json();
      if (!state.is_busy) {
        location.reload();
        return;
      }
      const words = state.steps.length ? state.steps[state.steps.length - 1] : "开始";
      if (step.dataset.words !== words) {
        step.dataset.words = words;
        step.textContent = `${words}……`;
      }
    } catch (error) {
      window.desk.tell("编辑台没有回答：它可能已经关了。");
    }
    setTimeout(look, EVERY);
  }

  look();
}());

/* Files dropped onto a page are sent to be taken in; the page of a batch waits until it is read. */
"use strict";
(function () {
  const MOST_BYTES = 250 * 1024 * 1024;
  const LOOK = 700;
  const drop = document.getElementById("drop");
  const progress = document.getElementById("progress");

  function address() {
    const place = document.querySelector("[data-intake]");
    return place ? place.dataset.intake : "";
  }

  function hasFiles(event) {
    return Boolean(address()) && event.dataTransfer !== null && Array.from(event.dataTransfer.types).includes("Files");
  }

  /* The name of a folder among what is dropped; "" without one. */
  function folderIn(dropped) {
    const entries = Array.from(dropped.items).map((item) => item.kind === "file" && item.webkitGetAsEntry ? item.webkitGetAsEntry() : null);
    const folder = entries.find((entry) => entry && entry.isDirectory);
    return folder ? folder.name : "";
  }

  async function send(files) {
    if (!files.length) return;
    if (files.reduce((sum, file) => sum + file.size, 0) > MOST_BYTES) {
      window.desk.tell("这些文件合起来超过 250 MB，分几次拖。");
      return;
    }
    window.desk.tell(`正在送 ${files.length} 个文件……`);
    try {
      location.assign((await window.desk.send(address(), { files })).address);
    } catch (error) {
      window.desk.tell(error.message);
    }
  }

  async function wait() {
    const answer = await fetch(progress.dataset.address).catch(() => null);
    if (answer && answer.ok) {
      const state = await answer.json();
      if (state.isRead) {
        location.reload();
        return;
      }
      const words = `第 ${state.done + 1} 个，共 ${state.total} 个：${state.reading}`;
      const told = progress.querySelector("[role=status]");
      if (told.textContent !== words) told.textContent = words;
      progress.querySelector("progress").value = state.done;
    } else if (answer && answer.status === 404) {
      location.reload();
      return;
    }
    setTimeout(wait, LOOK);
  }

  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("over-page");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("over-page");
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("over-page");
    const folder = folderIn(event.dataTransfer);
    if (folder) {
      window.desk.tell(`“${folder}”是文件夹，没有送。拖里面的文件，或者压成 ZIP 再拖。`);
      return;
    }
    send(Array.from(event.dataTransfer.files));
  });
  if (drop) {
    drop.addEventListener("submit", (event) => {
      event.preventDefault();
      send(Array.from(drop.elements.files.files));
    });
  }
  if (progress) setTimeout(wait, LOOK);
}());

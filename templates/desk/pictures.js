/* Pictures chosen, dropped or pasted on the page of a document: put into the folder of its issue, and written at the cursor. */
"use strict";
(function () {
  const MOST_BYTES = 20 * 1024 * 1024;
  const TYPES = /\.(png|jpe?g|svg)$/i;
  const area = document.getElementById("text");
  const input = document.getElementById("picture-files");

  async function put(files) {
    const other = files.find((file) => !TYPES.test(file.name) || file.size > MOST_BYTES);
    if (other) {
      const reason = TYPES.test(other.name) ? "超过 20 MB，缩小以后再放。" : "不是图片。这里只放图片（PNG、JPEG、SVG）；来稿拖到这一期的页面上。";
      window.desk.tell(`“${other.name}”${reason}`);
      return;
    }
    window.desk.tell("正在放图片……");
    try {
      const answer = await window.desk.send(input.dataset.address, { files });
      answer.names.forEach((name) => window.deskTools.picture(area, name));
      window.desk.tell(answer.message + "图的内容说明读给看不见的人听，请改好。");
    } catch (error) {
      window.desk.tell(error.message);
    }
  }

  function hasFiles(event) {
    return event.dataTransfer !== null && Array.from(event.dataTransfer.types).includes("Files");
  }

  input.addEventListener("change", () => {
    if (input.files.length) put(Array.from(input.files));
    input.value = "";
  });
  document.getElementById("picture").addEventListener("click", () => input.click());
  document.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    put(Array.from(event.dataTransfer.files));
  });
  area.addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData.files);
    if (!files.length || event.clipboardData.getData("text/plain") || event.clipboardData.getData("text/html")) return;
    event.preventDefault();
    put(files);
  });
}());

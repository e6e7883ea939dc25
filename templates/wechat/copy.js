// “复制正文” puts the part of the page that is meant for the account's editor on the clipboard, as it is written.
// Selecting it by hand does nearly the same; without this script the page says so.
(function () {
  "use strict";

  const button = document.getElementById("copy");
  const part = document.getElementById("copied");
  const status = document.getElementById("copy-status");

  function markup() {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("img").forEach((picture) => {
      picture.setAttribute("src", picture.src);
    });
    return copy.innerHTML.trim();
  }

  function fill(event) {
    event.preventDefault();
    event.clipboardData.setData("text/html", markup());
    event.clipboardData.setData("text/plain", part.innerText);
  }

  button.addEventListener("click", () => {
    const selection = window.getSelection();
    selection.selectAllChildren(part);
    document.addEventListener("copy", fill, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    selection.removeAllRanges();
    status.textContent = done ? "已复制，到公众号后台粘贴。" : "浏览器没有让复制：从标题选到末尾，按 Ctrl+C。";
  });
})();

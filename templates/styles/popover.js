// Shows a figure's source sentence beside it.  Without this script the small numbers lead to the same notes.
(function () {
  "use strict";
  var card = null;
  function close() { if (card) { card.remove(); card = null; } }
  function open(at, id) {
    var note = document.getElementById(id);
    close();
    if (!note) { return; }
    card = document.createElement("div");
    card.className = "source-card";
    card.setAttribute("role", "note");
    card.textContent = note.textContent.trim();
    document.body.appendChild(card);
    var box = at.getBoundingClientRect(), wide = document.documentElement.clientWidth;
    card.style.left = window.scrollX + Math.max(16, Math.min(box.left, wide - card.offsetWidth - 16)) + "px";
    card.style.top = window.scrollY + box.bottom + 8 + "px";
  }
  function target(event) {
    var node = event.target.closest ? event.target.closest("[data-note], sup a") : null;
    return node && [node, node.dataset.note || node.getAttribute("href").slice(1)];
  }
  ["mouseover", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) { var hit = target(event); if (hit) { open(hit[0], hit[1]); } });
  });
  document.addEventListener("click", function (event) {
    var hit = target(event);
    if (hit && hit[0].dataset.note) { open(hit[0], hit[1]); } else { close(); }
  });
  ["mouseout", "focusout"].forEach(function (name) { document.addEventListener(name, close); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { close(); } });
}());

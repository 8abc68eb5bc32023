(function () {
  var fold = function (text) { return text.toLowerCase().replace(/[đð]/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, ""); };
  var by = function (id) { return document.getElementById(id); };
  var form = by("tim"), query = by("q"), term = by("nk"), province = by("tinh"), shown = by("so"), none = by("khong");
  var groups = Array.from(document.querySelectorAll("section"), function (section) {
    var items = Array.from(section.querySelectorAll("li"), function (item) {
      return { node: item, term: item.dataset.term, text: fold(item.textContent + " " + section.querySelector("h2").textContent) };
    });
    return { node: section, id: section.id.slice(1), items: items };
  });
  var show = function () {
    var words = fold(query.value).split(/\s+/).filter(Boolean), all = 0;
    groups.forEach(function (group) {
      var here = 0, open = !province.value || province.value === group.id;
      group.items.forEach(function (item) {
        var fits = open && (!term.value || term.value === item.term) && words.every(function (word) { return item.text.includes(word); });
        if (item.node.hidden === fits) { item.node.hidden = !fits; }
        here += fits;
      });
      group.node.hidden = !here;
      all += here;
    });
    shown.textContent = {{ say.shown | tojson }}.replace("{count}", String(all));
    none.hidden = all > 0;
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(show, 0); });
  show();
})();

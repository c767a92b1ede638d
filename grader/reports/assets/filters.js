// Filters of changes and conversations. What is chosen stands in the address.
(() => {
  const form = document.getElementById("filters");
  const fields = [...form.elements].filter((one) => one.name && one.name !== "count");
  const rows = [...document.querySelectorAll(".changes tbody tr")];
  const talks = [...document.querySelectorAll(".talk")];
  const standing = { correct: "correct", partial: "partial", incorrect: "incorrect", undecided: "open", unreadable: "open", failed: "open", missing: "missing" };
  const mark = (element) => [...element.classList].find((name) => name.startsWith("s-"))?.slice(2) ?? "";
  const words = new Map(); // of drawers, in lower case
  const wordsOf = (id) => {
    if (!words.has(id)) words.set(id, (document.getElementById(id)?.textContent ?? "").toLowerCase());
    return words.get(id);
  };
  let band = address.get("band");

  const wanted = () => ({
    ...Object.fromEntries(fields.map((one) => [one.name, one.type === "checkbox" ? (one.checked ? "1" : "") : one.value.trim()])),
    band,
  });
  const fits = (want, is) => (!want.model || want.model === is.model) && (!want.hint || want.hint === is.hint)
    && (!want.what || want.what === is.what) && (!want.status || want.status === is.status) && (!want.part || want.part === is.part)
    && (!want.clash || is.clash) && (!want.band || want.band === is.band) && (!want.q || is.words().includes(want.q.toLowerCase()));

  // Every cell of a grid with what can be asked of it.
  const cellsOf = (talk) => [...talk.querySelectorAll(".grid tbody tr")].flatMap((row) => {
    const heads = [...row.closest("table").tHead.rows[0].cells].slice(1);
    let before = "";
    return [...row.cells].slice(1).filter((_, at) => at % 2).flatMap((cell, at) => {
      const link = cell.querySelector(".cell"), head = heads[at], here = link ? mark(link) : "";
      const from = before, turn = heads[at - 1]?.dataset.turn;
      before = here;
      if (!link) return [];
      const carried = link.classList.contains("carried");
      return [{
        row, cell, model: talk.dataset.model, hint: head.dataset.hint, what: cell.dataset.what ?? "", status: here, part: row.dataset.part,
        clash: cell.querySelector(".clash") !== null, band: from ? `${turn}-${standing[from]}-${standing[here]}` : "",
        words: () => (carried ? "" : `${wordsOf((link.hash ?? "").slice(1))} ${wordsOf((head.querySelector("a")?.hash ?? "").slice(1))}`),
      }];
    });
  });
  const grids = talks.map((talk) => [talk, cellsOf(talk)]);

  const show = () => {
    const want = wanted(), any = Object.values(want).some(Boolean);
    for (const [name, value] of Object.entries(want)) address.keep(name, value);
    let changes = 0, conversations = 0;
    const found = new Map();
    for (const row of rows) {
      const { cell, model, hint, part, status } = row.dataset;
      const is = { model, hint, part, status, what: row.className.slice(2), band: row.dataset.band, clash: "clash" in row.dataset,
        words: () => `${row.textContent.toLowerCase()} ${wordsOf(cell)}` };
      row.hidden = any && !fits(want, is);
      const group = row.closest(".group");
      found.set(group, (found.get(group) ?? 0) + !row.hidden);
      changes += !row.hidden;
    }
    for (const [group, times] of found) {
      const note = group.querySelector("[data-found]");
      note.hidden = !any;
      note.textContent = `${times} shown`;
      group.hidden = any && !times;
      if (any && times) group.open = true;
    }
    for (const [talk, cells] of grids) {
      const hits = new Set(), lines = new Set();
      for (const one of cells) {
        const hit = !any || fits(want, one);
        one.cell.classList.toggle("dim", !hit);
        if (hit) { hits.add(one.cell); lines.add(one.row); }
      }
      for (const row of talk.querySelectorAll(".grid tbody tr")) row.hidden = any && !lines.has(row);
      talk.hidden = any && !hits.size;
      conversations += !talk.hidden;
    }
    for (const one of document.querySelectorAll(".band")) one.toggleAttribute("aria-current", one.dataset.band === band);
    form.elements.count.value = any ? `${changes} of ${rows.length} changes` + (talks.length ? `, ${conversations} of ${talks.length} conversations` : "") : "";
    form.querySelector("[type=reset]").hidden = !any;
  };

  form.hidden = false;
  for (const one of fields) {
    if (one.type === "checkbox") one.checked = address.get(one.name) === "1";
    else one.value = address.get(one.name);
    if (one.selectedIndex < 0) one.value = "";
  }
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { band = ""; setTimeout(show); });
  for (const one of document.querySelectorAll(".band")) {
    one.addEventListener("click", (event) => {
      event.preventDefault();
      band = band === one.dataset.band ? "" : one.dataset.band;
      show();
      if (band) document.getElementById("changes").scrollIntoView();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select, textarea, dialog")) {
      event.preventDefault();
      form.elements.q.focus();
    }
  });
  show();
})();

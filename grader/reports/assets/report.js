"use strict";
// Everything on the page works without this: it adds filters, sorting and the Escape key.
(() => {
  const params = new URLSearchParams(location.search);
  const keep = (name, value) => {
    if (value) params.set(name, value); else params.delete(name);
    const query = params.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  };

  for (const table of document.querySelectorAll("table[data-table]")) {
    const name = table.dataset.table;
    const tools = document.querySelector(".tools");
    const words = document.querySelector(`[data-filter="${name}"]`);
    const status = document.querySelector(`[data-status="${name}"]`);
    const count = document.querySelector(`[data-count="${name}"]`);
    const body = table.tBodies[0];
    const filter = () => {
      const wanted = words.value.trim().toLowerCase();
      let shown = 0;
      for (const row of body.rows) {
        const named = row.cells[0].textContent.toLowerCase().includes(wanted);
        row.hidden = !named || (status.value !== "" && !row.getElementsByClassName(status.value).length);
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = shown === body.rows.length ? "" : `${shown} of ${body.rows.length} shown`;
    };
    tools.hidden = false;
    words.value = params.get("name") ?? "";
    status.value = params.get("status") ?? "";
    if (status.selectedIndex < 0) status.value = "";
    words.addEventListener("input", () => { keep("name", words.value); filter(); });
    status.addEventListener("change", () => { keep("status", status.value); filter(); });
    filter();

    for (const head of table.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const at = head.cellIndex;
        const value = head.dataset.sort === "number"
          ? (row) => Number(row.cells[at].dataset.value)
          : (row) => row.cells[at].textContent;
        const rows = [...body.rows].map((row) => [value(row), row]);
        const compare = head.dataset.sort === "number"
          ? (a, b) => a[0] - b[0]
          : (a, b) => a[0].localeCompare(b[0]);
        rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
        body.append(...rows.map((pair) => pair[1]));
      });
    }
  }

  let from = null;
  const reveal = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (!target) {
      if (from) from.focus({ preventScroll: true });
      from = null;
      return;
    }
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target.classList.contains("drawer")) target.focus({ preventScroll: true });
    else target.scrollIntoView();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cell, a.hintlink, .changes a");
    if (link) from = link;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.querySelector(".drawer:target")) location.hash = "_";
  });
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });
  if (location.hash) reveal();
})();

// Tables that can be filtered and sorted.
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
  words.value = address.get("name");
  status.value = address.get("status");
  if (status.selectedIndex < 0) status.value = "";
  words.addEventListener("input", () => { address.keep("name", words.value); filter(); });
  status.addEventListener("change", () => { address.keep("status", status.value); filter(); });
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

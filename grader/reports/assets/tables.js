// Tables and lists that can be filtered and sorted; what is set stands in the address.
const tables = { search: null };
for (const holder of document.querySelectorAll("table[data-table], [data-list]")) {
  const name = holder.dataset.table ?? holder.dataset.list;
  const body = holder.tBodies ? holder.tBodies[0] : holder;
  const fields = [...document.querySelectorAll(`[data-filter="${name}"]`)];
  if (!fields.length) continue;
  const count = document.querySelector(`[data-count="${name}"]`);
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const tests = {
    name: (item, wanted) => plain(item.cells[0].textContent).includes(plain(wanted.trim())),
    text: (item, wanted) => plain(item.textContent).includes(plain(wanted.trim())),
    status: (item, wanted) => item.getElementsByClassName(wanted).length > 0,
    part: (item, wanted) => item.dataset.part === wanted,
    why: (item, wanted) => item.dataset.why === wanted,
  };
  const filter = () => {
    let shown = 0;
    for (const item of body.children) {
      item.hidden = fields.some((field) => field.value !== "" && !tests[field.dataset.key](item, field.value));
      shown += item.hidden ? 0 : 1;
    }
    count.textContent = shown === body.children.length ? "" : `${shown} of ${body.children.length} shown`;
  };
  for (const field of fields) {
    const key = field.dataset.key;
    if (field.options && field.options.length === 1) { // what there is to choose from stands on the items
      const found = new Set([...body.children].map((item) => item.dataset[key]));
      for (const one of found) field.append(new Option(one, one));
    }
    field.value = address.get(key);
    if (field.selectedIndex < 0) field.value = "";
    field.addEventListener(field.options ? "change" : "input", () => { address.keep(key, field.value); filter(); });
    field.closest(".tools").hidden = false;
  }
  filter();

  const search = fields.find((field) => field.type === "search");
  if (search && !tables.search) tables.search = search;

  const heads = [...holder.querySelectorAll("th[data-sort]")];
  const sort = (head, down) => {
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const at = head.cellIndex;
    const number = head.dataset.sort === "number";
    const value = (row) => (number ? Number(row.cells[at].dataset.value) : row.cells[at].textContent);
    const compare = number ? (a, b) => a[0] - b[0] : (a, b) => a[0].localeCompare(b[0]);
    const rows = [...body.rows].map((row) => [value(row), row]);
    rows.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
    body.append(...rows.map((pair) => pair[1]));
  };
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      sort(head, down);
      address.keep("sort", (down ? "-" : "") + head.dataset.name);
    });
  }
  const kept = heads.find((head) => head.dataset.name === address.get("sort").replace("-", ""));
  if (kept) sort(kept, address.get("sort").startsWith("-"));
}

// “/” goes to the first search.
addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || !tables.search) return;
  event.preventDefault();
  tables.search.focus();
});

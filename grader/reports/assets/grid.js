// The grid and its drawers: keys, and the focus that goes back where it came from.
for (const one of document.querySelectorAll(".scripted")) one.hidden = false;

const shown = (element) => element.getClientRects().length > 0;
const openDrawer = () => document.querySelector(".drawer:target");

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cell, a.hintlink, .grid th a, .changes a, .story a, #labels a");
  if (link) cameFrom = link;
});

// The cell or hint beside another one in its grid, over what is empty.
const beside = (link, right, down) => {
  const here = link.closest("td, th"), rows = [...here.closest("table").rows].filter(shown);
  const column = (cell) => {
    let at = 0;
    for (const other of cell.parentElement.cells) { if (other === cell) return at + cell.colSpan - 1; at += other.colSpan; }
    return at;
  };
  const at = (row, wanted) => [...row.cells].find((cell) => column(cell) === wanted);
  let row = rows.indexOf(here.parentElement), place = column(here);
  for (;;) {
    row += down; place += right;
    if (row < 0 || row >= rows.length || place < 0 || place > 2 * rows[0].cells.length) return null;
    const found = at(rows[row], place)?.querySelector("a");
    if (found) return found;
  }
};

// Changes one after the other, as they stand in the list.
const step = (by) => {
  const links = [...document.querySelectorAll(".changes tr:not([hidden]) .where a")].filter(shown);
  if (!links.length) return;
  const open = openDrawer();
  const now = links.findIndex((link) => link === document.activeElement || (open && link.hash === `#${open.id}`));
  const next = links[Math.max(0, Math.min(links.length - 1, now < 0 ? (by > 0 ? 0 : links.length - 1) : now + by))];
  if (open && next.getAttribute("href").startsWith("#")) { cameFrom = next; location.hash = next.hash; }
  else { next.focus({ preventScroll: true }); next.closest("tr").scrollIntoView({ block: "center" }); }
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const open = openDrawer();
  if (event.key === "Escape" && open) location.hash = "_";
  else if (arrow && open && arrow[0]) open.querySelector(arrow[0] < 0 ? "[rel=prev]" : "[rel=next]")?.click();
  else if (arrow && event.target.matches(".grid a")) {
    beside(event.target, ...arrow)?.focus();
    event.preventDefault();
  } else if (event.key === "n") step(1);
  else if (event.key === "p") step(-1);
  else if (event.key === "?") document.getElementById("keys").showModal();
});

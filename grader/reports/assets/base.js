"use strict";
// Everything on the pages works without scripts: they add filters, sorting and keys. All files of a page make one script.

// What is set on the page stands in its address, so that it can be sent and comes back on reload.
const address = {
  params: new URLSearchParams(location.search),
  get(name) { return this.params.get(name) ?? ""; },
  keep(name, value) {
    if (value) this.params.set(name, value); else this.params.delete(name);
    const query = this.params.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  },
};

// The element that the address names is shown, also in what is folded; the focus goes back where it came from.
let cameFrom = null;
const reveal = () => {
  const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
  if (!target) {
    if (cameFrom) cameFrom.focus({ preventScroll: true });
    cameFrom = null;
    return;
  }
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  if (target.classList.contains("drawer")) target.focus({ preventScroll: true });
  else target.scrollIntoView();
};
addEventListener("hashchange", reveal);
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not(.numbers)")) one.open = true; // the numbers of a chart stay folded
});
if (location.hash) reveal();

// What is too wide for its box scrolls in it, and is then reached by keys, too.
const reach = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const box of document.querySelectorAll(".formula, .inline, .prose, td.answer")) reach.observe(box);

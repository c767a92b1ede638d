// Drawers: Escape closes them.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.cell, a.hintlink, .changes a");
  if (link) cameFrom = link;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector(".drawer:target")) location.hash = "_";
});

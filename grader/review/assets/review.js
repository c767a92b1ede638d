// Keys: each control says by data-key which keys press it. In a field, keys write, and Esc leaves it.
const rows = [...document.querySelectorAll(".rowlink")];
const step = (by) => {
  const at = rows.indexOf(document.activeElement);
  const to = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (to) to.focus();
};
const inField = (at) => at.matches("textarea, select, input:not([type=checkbox])");
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
  if (inField(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (rows.length && (event.key === "j" || event.key === "k")) {
    step(event.key === "j" ? 1 : -1);
    event.preventDefault();
    return;
  }
  const pressed = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key));
  if (!pressed) return;
  event.preventDefault();
  if (inField(pressed)) {
    pressed.focus();
    if (pressed.select) pressed.select();
  } else {
    pressed.click();
    if (pressed.tagName === "SUMMARY") pressed.scrollIntoView({ block: "nearest" });
  }
});
// Comments that were given before can be put into the field: by a click, or one after the other by their key.
const comment = document.querySelector("textarea[name=comment]");
const before = [...document.querySelectorAll("[data-comment]")].map((one) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = one.textContent;
  button.addEventListener("click", () => { comment.value = button.textContent; });
  one.replaceChildren(button);
  return button;
});
let used = -1;
for (const summary of document.querySelectorAll(".recent > summary")) {
  summary.addEventListener("click", () => {
    used = (used + 1) % before.length;
    comment.value = before[used].textContent;
  });
}
// A form that is on its way is not sent twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// What can be counted and measured of a page, with everything that folds unfolded. Nothing is changed but that.
for (const one of document.querySelectorAll("details")) one.open = true;

const named = (element) => {
  const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 60);
  const id = element.id ? `#${element.id}` : "";
  return `<${element.localName}${id} class="${element.getAttribute("class") ?? ""}"> ${text}`;
};
const style = (element) => getComputedStyle(element);
const all = [...document.querySelectorAll("body, body *")].filter((element) => !element.closest("script, style"));
const shown = all.filter((element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }));

// Elements for readers of screens only are one pixel large on purpose.
const spoken = (element) => {
  const box = element.getBoundingClientRect();
  return box.width <= 2 && box.height <= 2;
};
const hides = (value) => value !== "visible";
const cut = shown.filter((element) => !spoken(element) && style(element).textOverflow !== "ellipsis" && (
  (hides(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
  || (hides(style(element).overflowY) && element.scrollHeight > element.clientHeight + 1)
) && element.clientWidth > 0);

// What is shown beyond the right edge and is not in a box of its own that scrolls.
const boxed = (element) => {
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (hides(style(at).overflowX)) return true;
  }
  return false;
};
const beyond = shown.filter((element) => !spoken(element) && style(element).position !== "fixed"
  && element.getBoundingClientRect().right > innerWidth + 1 && !boxed(element));

// A text that turns the direction of writing stays in a box of its own, or it turns its neighbours round.
const TURNS = /[\u202a-\u202e\u2066-\u2069\u0590-\u08ff]/;
const isolated = (node) => {
  for (let at = node.parentElement; at; at = at.parentElement) {
    const { unicodeBidi, display } = style(at);
    if (at.localName === "blockquote") return true; // all of it is the same person's words
    if (display.includes("math") || display.startsWith("inline-")) return true;
    if (display !== "inline") return at.textContent.trim() === node.data.trim();
    if (/isolate|plaintext/.test(unicodeBidi)) return true;
  }
  return false;
};
const loose = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode;
  if (TURNS.test(node.data) && !node.parentElement.closest("script, style, title") && !isolated(node)) {
    loose.push(`${node.data.trim().slice(0, 60)} in ${named(node.parentElement)}`);
  }
}

// What is read, but for the controls of scripts and what they show.
const CONTROLS = "label, button, select, form, dialog, [role=search], .tools, .scripted, script, style";
const words = [];
const reader = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (reader.nextNode()) {
  const { data, parentElement } = reader.currentNode;
  if (data.trim() && !parentElement.closest(CONTROLS) && parentElement.checkVisibility({ visibilityProperty: true })) words.push(data.trim());
}

const tags = {};
for (const element of document.querySelectorAll("*")) tags[element.localName] = (tags[element.localName] ?? 0) + 1;
const attributes = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes].map((one) => [element, one]));

const luminance = (colour) => {
  const [r, g, b] = colour.match(/[\d.]+/g).map(Number);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
};
const ground = [document.body, document.documentElement].map((one) => style(one).backgroundColor)
  .find((colour) => !/, 0\)$/.test(colour)) ?? "rgb(255, 255, 255)";

return {
  refused: window.refused ?? [],
  width: innerWidth,
  scrollWidth: document.documentElement.scrollWidth,
  beyond: beyond.slice(0, 5).map(named),
  cut: cut.slice(0, 5).map(named),
  loose: loose.slice(0, 5),
  tags,
  titles: document.head.querySelectorAll("title").length,
  handlers: attributes.filter(([, one]) => /^on/i.test(one.name)).map(([element]) => named(element)),
  links: attributes.filter(([, one]) => /^(href|src|srcset|action|formaction|xlink:href|data)$/.test(one.name)).map(([, one]) => one.value),
  ground: luminance(ground),
  ink: luminance(style(document.body).color),
  idle: shown.filter((element) => element.matches("button, input, select, textarea") && !element.closest("form")).map(named),
  words,
  planted: window.planted ?? null,
};

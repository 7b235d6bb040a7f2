// The page of `specwright preview`. All that comes from the document is text, and becomes nothing else: elements are made
// by `make`, which sets `textContent`.
"use strict";

const $ = (id) => document.getElementById(id);
const search = $("search");
const list = $("operations");
const main = $("rust");

let shown = { operations: [], problems: [] };
let rows = [];
let active = -1;
let asked = 0;

// Controls, and characters that are not seen or turn the text around, are written out.
function visible(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) =>
    c === "\n" || c === "\t" ? c : `\\u{${c.codePointAt(0).toString(16)}}`);
}

function make(tag, classes, text, attributes = {}) {
  const element = document.createElement(tag);
  if (classes) element.className = classes;
  if (text !== undefined) element.textContent = visible(text);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function within(parent, ...children) {
  parent.append(...children);
  return parent;
}

// A path may be broken where it has a slash.
function pathOf(operation) {
  const element = make("span", "path");
  for (const part of operation.path.split(/(?<=\/)/)) within(element, visible(part), make("wbr"));
  return element;
}

const count = (number, what) => `${number} ${what}${number === 1 ? "" : "s"}`;

// ---- Rust in colours

const TOKENS = new RegExp([
  /(?<d>^[ \t]*\/\/[/!][^\n]*\n?)/, // documentation, with the lines it takes
  /(?<c>\/\/[^\n]*)/,
  /(?<a>#!?\[[^\n]*?\](?=\s|$))/,
  /(?<s>b?"(?:[^"\\]|\\[^])*")/,
  /(?<n>\b\d[\w.]*)/,
  /(?<k>\b(?:as|async|await|const|crate|else|enum|fn|for|if|impl|in|let|match|mod|move|mut|pub|return|Self|self|static|struct|super|trait|type|use|where)\b)/,
  /(?<t>\b[A-Z]\w*[a-z]\w*\b|\b(?:bool|str|[iu](?:8|16|32|64)|f32|f64)\b)/,
  /\w+/,
].map((part) => part.source).join("|"), "gm");

function coloured(code) {
  const block = make("code");
  let end = 0;
  const plain = (to) => {
    if (to > end) block.append(visible(code.slice(end, to)));
  };
  for (const found of code.matchAll(TOKENS)) {
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    if (!kind) continue;
    plain(found.index);
    block.append(make("span", kind, found[0]));
    end = found.index + found[0].length;
  }
  plain(code.length);
  return block;
}

function codeBlock(code, label) {
  return within(make("pre", "", undefined, { tabindex: "0", role: "region", "aria-label": visible(label) }), coloured(code));
}

// ---- What is on the right

function problemItem(problem, linked) {
  const item = make("li", problem.severity);
  within(item, make("p", "what", `${problem.severity}[${problem.code}]: ${problem.message}`));
  const where = [problem.place, problem.pointer].filter(Boolean).join(" · ");
  if (where) within(item, make("p", "where", where));
  if (problem.help) within(item, make("p", "", `help: ${problem.help}`));
  if (linked && problem.operations.length) {
    const line = make("p", "where", "concerns ");
    const few = problem.operations.slice(0, 5);
    few.forEach((index, at) => {
      const operation = shown.operations[index];
      if (at) line.append(", ");
      line.append(make("a", "", `${operation.method} ${operation.path}`, { href: `#${anchor(operation)}` }));
    });
    const others = problem.operations.length - few.length;
    if (others) line.append(` and ${count(others, "other")}`);
    within(item, line);
  }
  return item;
}

function problemList(problems, linked) {
  const most = 500;
  const parts = [within(make("ul", "problems"), ...problems.slice(0, most).map((one) => problemItem(one, linked)))];
  if (problems.length > most) parts.push(make("p", "hint", `${problems.length - most} more are not shown.`));
  return parts;
}

const SEVERITIES = ["error", "warning", "note"];

function sum(problems) {
  const number = (severity) => problems.filter((one) => one.severity === severity).length;
  const parts = SEVERITIES.map((severity) => [number(severity), severity]).filter(([found]) => found);
  return parts.map(([found, severity]) => count(found, severity)).join(", ");
}

// A few warnings must not hide what was asked for; an error is what there is to see.
function problemFold(problems) {
  const fold = within(make("details", "fold"), make("summary", "", sum(problems)), ...problemList(problems, false));
  fold.open = problems.length < 3 || problems.some((one) => one.severity === "error");
  return fold;
}

function showProblems() {
  asked += 1;
  choose(-1);
  const what = shown.problems.length ? sum(shown.problems) : "No problems";
  main.replaceChildren(make("h2", "", what));
  if (shown.refused) within(main, make("p", "facts", "No client is generated before the errors are mended."));
  within(main, ...problemList(shown.problems, true));
  main.scrollTop = 0;
}

function head(operation) {
  const title = within(make("h2", "", undefined, { "aria-label": spoken(operation) }), make("span", "method", operation.method), pathOf(operation));
  const facts = [operation.id, operation.tags.join(", "), operation.place, operation.deprecated && "deprecated"];
  const parts = [title];
  if (operation.summary) parts.push(make("p", "facts summary", operation.summary));
  parts.push(make("p", "facts", facts.filter(Boolean).join(" · ")));
  return parts;
}

function docsButton() {
  const button = make("button", "", "Documentation", { type: "button", "aria-pressed": "false", "aria-keyshortcuts": "d" });
  button.id = "docs";
  button.addEventListener("click", () => showDocs(!main.classList.contains("documented")));
  return button;
}

function showDocs(wanted) {
  main.classList.toggle("documented", wanted);
  $("docs")?.setAttribute("aria-pressed", String(wanted));
}

function callParts(call, only) {
  const parts = only ? [] : [make("h3", "", call.name)];
  for (const part of call.parts) {
    parts.push(make("h3", "", part.title), codeBlock(part.code, `${part.title} of ${call.name}`));
  }
  if (call.types.length) parts.push(make("h3", "", "Types"));
  for (const type of call.types) {
    const fold = make("details");
    const line = within(make("summary"), make("code", "", type.name));
    if (type.role) within(line, make("span", "role", type.role));
    within(fold, line);
    // Coloured when it is opened: an operation may hold hundreds.
    const fill = () => {
      if (fold.open && fold.children.length === 1) within(fold, codeBlock(type.code, type.name));
    };
    fold.addEventListener("toggle", fill);
    fold.open = Boolean(type.role);
    fill();
    parts.push(fold);
  }
  return parts;
}

async function showOperation(index) {
  const operation = shown.operations[index];
  const mine = ++asked;
  const query = new URLSearchParams({ method: operation.method, path: operation.path });
  const own = operation.problems.map((at) => shown.problems[at]);
  const parts = head(operation);
  if (own.length) parts.push(problemFold(own));
  let rust;
  try {
    rust = await asJson(`/api/operation?${query}`);
  } catch (error) {
    rust = { calls: [], problems: [], failed: error.message };
  }
  if (mine !== asked) return;
  if (rust.failed) parts.push(make("p", "hint", rust.failed));
  if (rust.alone) {
    const hint = rust.calls.length
      ? "The document is refused as a whole. This is what the operation becomes by itself; names may differ once the errors are mended."
      : "There is no Rust for it before the errors are mended.";
    parts.push(make("p", "hint", hint));
  }
  const told = new Set(own.map((one) => `${one.code} ${one.message}`));
  const others = rust.problems.filter((one) => !told.has(`${one.code} ${one.message}`));
  if (others.length && !rust.calls.length) parts.push(...problemList(others, false));
  if (rust.calls.length) parts.push(docsButton());
  for (const call of rust.calls) parts.push(...callParts(call, rust.calls.length === 1));
  main.replaceChildren(...parts);
  showDocs(main.classList.contains("documented"));
  main.scrollTop = 0;
}

async function asJson(path) {
  let answer;
  try {
    answer = await fetch(path, { headers: { accept: "application/json" } });
  } catch {
    throw new Error("Nothing answers any more: start specwright preview again.");
  }
  if (!answer.ok) throw new Error((await answer.text()) || `status ${answer.status}`);
  return answer.json();
}

// ---- What is on the left

// In one piece, as the places where it may be broken are no places to pause.
const spoken = (operation) => visible(`${operation.method} ${operation.path}`);
const anchor = (operation) => encodeURIComponent(`${operation.method} ${operation.path}`);

function row(operation, index) {
  const item = make("li", operation.deprecated ? "deprecated" : "", undefined,
    { role: "option", id: `operation-${index}`, "aria-selected": "false" });
  within(item, make("span", "method", operation.method), pathOf(operation));
  const problems = operation.problems.map((at) => shown.problems[at]);
  if (problems.length) {
    const worst = SEVERITIES.find((severity) => problems.some((one) => one.severity === severity));
    const alike = problems.every((one) => one.severity === worst);
    within(item, make("span", `mark ${worst}`, alike ? sum(problems) : count(problems.length, "problem")));
  }
  const name = operation.calls.join(", ") || operation.id;
  if (name) within(item, make("span", "name", name));
  item.setAttribute("aria-label", [spoken(operation), name, problems.length && sum(problems)].filter(Boolean).join(", "));
  item.addEventListener("click", () => choose(index, true));
  const words = [operation.method, operation.path, operation.id, operation.summary, ...operation.tags, ...operation.calls];
  return { item, words: words.filter(Boolean).join(" ").toLowerCase() };
}

function filter() {
  const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let left = 0;
  for (const { item, words } of rows) {
    item.hidden = !wanted.every((word) => words.includes(word));
    left += item.hidden ? 0 : 1;
  }
  $("count").textContent = wanted.length ? `${left} of ${count(rows.length, "operation")}` : count(rows.length, "operation");
}

// Marks an operation, or none, and shows it if that is wished for.
let later = 0;
// Not `scrollIntoView`, which some browsers take for where Tab goes on from: on a page that nobody has
// touched that is its beginning.
function reveal(item) {
  const [box, frame] = [item, list].map((one) => one.getBoundingClientRect());
  if (box.top < frame.top) list.scrollTop -= frame.top - box.top;
  else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom;
}

function choose(index, show = false) {
  rows[active]?.item.setAttribute("aria-selected", "false");
  active = index;
  const chosen = rows[index]?.item;
  for (const holder of [list, search]) {
    if (chosen) holder.setAttribute("aria-activedescendant", chosen.id);
    else holder.removeAttribute("aria-activedescendant");
  }
  chosen?.setAttribute("aria-selected", "true");
  if (chosen) reveal(chosen);
  if (!chosen || !show) return;
  history.replaceState(null, "", `#${anchor(shown.operations[index])}`);
  // Whoever runs down the list is shown the one they stop at.
  clearTimeout(later);
  later = setTimeout(() => showOperation(index), 60);
}

function step(by) {
  const left = rows.map((_, index) => index).filter((index) => !rows[index].item.hidden);
  if (!left.length) return;
  const at = left.indexOf(active);
  const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), left.length - 1);
  choose(left[next], true);
}

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity };

function onListKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const inText = event.target === search && ["Home", "End"].includes(event.key);
  if (event.key in STEPS && !inText) {
    step(STEPS[event.key]);
  } else if (event.key === "Enter") {
    if (active < 0 || rows[active].item.hidden) step(1);
    main.focus();
  } else if (event.key === "Escape" && event.target === search) {
    if (search.value) {
      search.value = "";
      filter();
    } else {
      list.focus();
    }
  } else {
    return;
  }
  event.preventDefault();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target === search) return;
  if (event.key === "/") {
    search.focus();
    search.select();
  } else if (event.key === "d" && $("docs")) {
    $("docs").click();
  } else if (event.key === "Escape" && main.contains(event.target)) {
    list.focus();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && event.target === document.body) {
    // Before anything has the focus.
    list.focus();
    step(STEPS[event.key]);
  } else {
    return;
  }
  event.preventDefault();
}

function follow() {
  const wanted = location.hash.slice(1);
  if (wanted === "problems") return showProblems();
  const index = shown.operations.findIndex((operation) => anchor(operation) === wanted);
  if (index >= 0) return choose(index, true);
  if (shown.operations.length) return choose(0, true);
  return showProblems();
}

async function begin() {
  list.addEventListener("keydown", onListKey);
  search.addEventListener("keydown", onListKey);
  search.addEventListener("input", filter);
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", follow);
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
  });
  try {
    shown = await asJson("/api/document");
  } catch (error) {
    main.replaceChildren(make("p", "hint", error.message));
    return;
  }
  const title = shown.title || shown.file;
  document.title = visible(`${title} · specwright preview`);
  $("title").textContent = visible(title);
  $("about").textContent = visible([shown.title && shown.file, shown.version && `version ${shown.version}`].filter(Boolean).join(" · "));
  const all = $("all-problems");
  all.textContent = shown.problems.length ? sum(shown.problems) : "no problems";
  all.hidden = false;
  rows = shown.operations.map(row);
  list.replaceChildren(...rows.map(({ item }) => item));
  filter();
  follow();
}

begin();

// Leaves out of Tabler what no page names. A rule goes when every one of its selectors needs a
// class that stands in no template, module or script; whatever is in doubt stays.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const PARTS = /[^{}]*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|[^{};]*;/g;
const WORD = /[A-Za-z][\w-]*/g;
const BEGINNING = /([A-Za-z][\w-]*-)(?=\{\{|\{%|\$\{|%s|\{\w)/g;
const SOURCES = /\.(html|py|ts|css)$/;

function* sources(folder) {
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) yield* ["node_modules", "dist"].includes(item.name) ? [] : sources(path);
    else if (SOURCES.test(item.name)) yield readFileSync(path, "utf8");
  }
}

/** Whether a class may be meant anywhere: by its name, or by how a name that is put together begins. */
function mentioned(folders) {
  const names = new Set();
  const beginnings = new Set();
  for (const text of folders.flatMap((folder) => [...sources(folder)])) {
    for (const [name] of text.matchAll(WORD)) names.add(name);
    for (const [, beginning] of text.matchAll(BEGINNING)) beginnings.add(beginning);
  }
  return (name) => names.has(name) || [...beginnings].some((beginning) => name.startsWith(beginning));
}

/** The selectors of a list, parted at the commas that stand in no brackets. */
function parted(list) {
  const selectors = [""];
  let depth = 0;
  for (const letter of list) {
    depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
    if (letter === "," && depth === 0) selectors.push("");
    else selectors[selectors.length - 1] += letter;
  }
  return selectors;
}

function isNeeded(selector, has) {
  const plain = selector.replace(/:(?:not|is|where|has)\([^)]*\)/g, "").replace(/\\./g, "_");
  return [...plain.matchAll(/\.([A-Za-z_][\w-]*)/g)].every(([, name]) => has(name));
}

function kept(css, has) {
  return css.replace(PARTS, (part) => {
    const opening = part.indexOf("{");
    const head = part.slice(0, opening).trim();
    if (opening < 0 || /^@(?!media|supports|layer)/.test(head)) return part;
    const body = part.slice(opening + 1, -1);
    if (head.startsWith("@")) {
      const inside = kept(body, has);
      return inside.trim() ? `${head}{${inside}}` : "";
    }
    const selectors = parted(head).filter((selector) => isNeeded(selector, has));
    return selectors.length > 0 ? `${selectors.join(",")}{${body}}` : "";
  });
}

/** A plugin of esbuild for the style sheet of this name. */
export function lean(file, folders) {
  return {
    name: "lean",
    setup({ onLoad }) {
      onLoad({ filter: file }, ({ path }) => ({ contents: kept(readFileSync(path, "utf8"), mentioned(folders)), loader: "css" }));
    },
  };
}

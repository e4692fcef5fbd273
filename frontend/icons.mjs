// Makes the icon sprite: the names below, and every name that a template or module mentions.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Names that are put together at run time, so that no search finds them.
const ALWAYS = [
  "home", "signature", "layout-kanban", "address-book", "building", "mailbox", "settings", "search", "plus",
  "check", "x", "alert-triangle", "info-circle", "circle-check", "circle-x", "chevron-down", "chevron-left",
  "chevron-right", "arrow-left", "arrow-right", "dots", "dots-vertical", "menu-2", "sun", "moon", "device-laptop", "language",
  "logout", "user", "users", "lock", "key", "shield-check", "shield-lock", "fingerprint", "device-mobile",
  "mail", "message", "phone", "send", "pencil", "trash", "download", "upload", "copy", "eye", "clock",
  "calendar", "file-text", "file-check", "file-x", "files", "rubber-stamp", "forms", "checkbox", "hash", "ban",
  "refresh", "external-link", "link", "history", "bell", "flag", "filter", "adjustments", "paperclip",
  "writing-sign", "user-plus", "building-plus", "rosette-discount-check", "rosette", "certificate", "certificate-off", "clock-check", "help-circle", "palette", "qrcode", "letter-t",
  "bookmark-plus", "arrow-up", "arrow-down", "arrows-sort",
  "drag-drop", "hand-click", "keyboard", "zoom-in", "zoom-out", "rotate-clockwise", "bold", "id", "stack-2",
];
const MENTION = /\b(?:icon|c-icon\s+name|(?<=<c-icon[^>]*\s)name)=["']([a-z0-9-]+)["']/g;

// A quoted word in the desk's Python may be an icon; it is taken when Tabler has one of that name.
const WORD = /"([a-z]+(?:-[a-z0-9]+)*)"/g;

function* sources(folder, ending) {
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) yield* sources(path, ending);
    else if (item.name.endsWith(ending)) yield readFileSync(path, "utf8");
  }
}

function* found(folder, ending, pattern) {
  for (const text of sources(folder, ending)) for (const [, name] of text.matchAll(pattern)) yield name;
}

function mentioned(pages, has) {
  const said = [...found(pages, ".html", MENTION), ...found(pages, ".py", MENTION)];
  const perhaps = ["desk", "portal"].flatMap((app) => [...found(join(pages, app), ".py", WORD)]).filter(has);
  return [...new Set([...ALWAYS, ...said, ...perhaps])].sort();
}

function symbol(name, path) {
  const inside = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(readFileSync(path, "utf8"))[1];
  const shapes = inside.replace(/<path stroke="none"[^>]*>/g, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

/** Return the sprite and the names that Tabler does not know. */
export function sprite(pages, modules) {
  const file = (name) => join(modules, "@tabler/icons/icons/outline", `${name}.svg`);
  const has = (name) => existsSync(file(name));
  const names = mentioned(pages, has);
  const known = names.filter(has);
  const symbols = known.map((name) => symbol(name, file(name))).join("\n");
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols}\n</svg>\n`,
    missing: names.filter((name) => !known.includes(name)),
  };
}

// Builds everything the browser loads into dist/: three style sheets, two scripts, the early
// theme script, the icon sprite and the fonts. `--watch` builds again on change; with `--strict` an
// unknown icon or a portal that has grown too large is a failure, not only a warning.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

import { sprite } from "./icons.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const DIST = join(HERE, "dist");
const MODULES = join(HERE, "node_modules");
const PAGES = join(HERE, "..", "paraph");
// A signer loads portal.css and, where one signs, signing.css: together no more than 18 KB.
const LIMITS = { "portal.css": 10 * 1024, "signing.css": 8 * 1024, "portal.js": 50 * 1024 };

// Plain names, because the PDF engine reads the same files.
const FONTS = {
  "NotoSans-Regular.ttf": "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  "NotoSans-Bold.ttf": "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
  "Caveat-Regular.ttf": "@expo-google-fonts/caveat/400Regular/Caveat_400Regular.ttf",
  "caveat-latin.woff2": "@fontsource/caveat/files/caveat-latin-400-normal.woff2",
  "caveat-latin-ext.woff2": "@fontsource/caveat/files/caveat-latin-ext-400-normal.woff2",
  "caveat-cyrillic.woff2": "@fontsource/caveat/files/caveat-cyrillic-400-normal.woff2",
  "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
  "serif-latin.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
  "serif-latin-ext.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2",
};

/** One script out of the start file and every island of its folder. */
function entry(name) {
  const folder = join(HERE, "islands", name);
  const islands = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".ts")).sort() : [];
  const lines = [`import "./${name}.ts";`, ...islands.map((file) => `import "./islands/${name}/${file}";`)];
  return { contents: lines.join("\n"), resolveDir: HERE, sourcefile: `${name}.entry.ts`, loader: "ts" };
}

// Of Tabler's style sheet stays what a template, module or script names; a name put together at run
// time needs its beginning here, such as /^bg-/.
const USED = {
  content: [`${PAGES}/**/*.{html,py}`, ...["islands", "lib", "styles"].map((folder) => `${HERE}/${folder}/**/*.{ts,css}`)],
  defaultExtractor: (text) => text.match(/[A-Za-z][\w-]*/g) ?? [],
  safelist: [],
  keyframes: true,
};

const used = {
  name: "used",
  setup({ onLoad }) {
    onLoad({ filter: /tabler\.min\.css$/ }, async ({ path }) => {
      const [{ css }] = await new PurgeCSS().purge({ ...USED, css: [{ raw: readFileSync(path, "utf8") }] });
      return { contents: css, loader: "css" };
    });
  },
};

const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning", target: ["es2022"] };

function script(name) {
  return build({ ...common, stdin: entry(name), format: "iife", outfile: join(DIST, `${name}.js`) });
}

function theme() {
  return build({ ...common, entryPoints: [join(HERE, "theme.ts")], format: "iife", outfile: join(DIST, "theme.js") });
}

/** One style sheet out of its start file and every file of a folder beside it. */
function style(name, folder) {
  const styles = join(HERE, "styles");
  const more = folder && existsSync(join(styles, folder)) ? readdirSync(join(styles, folder)).filter((file) => file.endsWith(".css")).sort() : [];
  const contents = [`./${name}.css`, ...more.map((file) => `./${folder}/${file}`)].map((file) => `@import "${file}";`).join("\n");
  const stdin = { contents, resolveDir: styles, sourcefile: `${name}.entry.css`, loader: "css" };
  const target = ["chrome119", "firefox128", "safari16.4"];
  return build({ ...common, target, plugins: [used], stdin, external: ["fonts/*"], outfile: join(DIST, `${name}.css`) });
}

function fonts() {
  mkdirSync(join(DIST, "fonts"), { recursive: true });
  for (const [name, source] of Object.entries(FONTS)) copyFileSync(join(MODULES, source), join(DIST, "fonts", name));
}

function images() {
  for (const file of readdirSync(join(HERE, "images"))) copyFileSync(join(HERE, "images", file), join(DIST, file));
}

// WhiteNoise sends these to browsers that take them: on a phone, that is half a second.
function compressed() {
  for (const file of readdirSync(DIST).filter((name) => /\.(css|js|svg)$/.test(name))) {
    writeFileSync(join(DIST, `${file}.gz`), gzipSync(readFileSync(join(DIST, file)), { level: 9 }));
  }
}

function tooLarge() {
  return Object.entries(LIMITS)
    .map(([file, limit]) => [file, readFileSync(join(DIST, file)).length, limit])
    .filter(([, size, limit]) => size > limit)
    .map(([file, size, limit]) => `${file} has ${size} bytes, more than the ${limit} allowed.`);
}

async function run() {
  fonts();
  images();
  const { svg, missing } = sprite(PAGES, MODULES);
  writeFileSync(join(DIST, "icons.svg"), svg);
  await Promise.all([script("desk"), script("portal"), theme(), style("desk", "pages"), style("portal", ""), style("signing", "signing"), style("verify", "verify"), style("text", "text")]);
  compressed();
  return [...missing.map((name) => `There is no icon named ${name}.`), ...tooLarge()];
}

const troubles = await run();
for (const trouble of troubles) console.error(trouble);

if (process.argv.includes("--watch")) {
  const again = () => run().then((found) => found.forEach((trouble) => console.error(trouble)), console.error);
  for (const folder of ["islands", "lib", "styles"]) watch(join(HERE, folder), { recursive: true }, again);
} else if (troubles.length > 0 && process.argv.includes("--strict")) {
  process.exitCode = 1;
}

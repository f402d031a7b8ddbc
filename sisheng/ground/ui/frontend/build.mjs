// Bundles the screens' script and style, the sprite of the icons named in icons.txt, and the licences of all of it,
// into ../static/ui/dist/. Run it with `node build.mjs`; add --watch while working on a module.

import { build, context } from "esbuild";
import { PurgeCSS } from "purgecss";
import { gzipSync } from "node:zlib";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../static/ui/dist");

// The desk's PCs need a Chrome/Edge kernel of 123 or Safari 17.5: Tabler 1.6 is written with light-dark().
const options = {
  absWorkingDir: here,
  entryPoints: { app: "src/app.js", style: "src/app.css" },
  outdir: dist,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome123", "safari17.5", "firefox125"],
  legalComments: "none", // THIRD_PARTY.json carries them in full
  metafile: true,
  logLevel: "warning",
};

// The pages for customers: old phones and the browsers inside messengers.
const forPhones = {
  ...options,
  entryPoints: { portal: "src/portal/portal.js", work: "src/portal/work.js", phone: "src/portal/portal.css" },
  target: ["chrome64", "safari12", "firefox78"],
};
const PHONE_PAGES = ["windows/portal", "windows/shops", "kit/links"].map((app) => join(here, `../../../${app}/templates/**/*.html`));
const TOO_NEW = /oklch|color-mix|light-dark/;
const MOST = 60_000; // bytes of the phone's style sheet as it travels

if (process.argv.includes("--watch")) {
  await mkdir(dist, { recursive: true });
  await sprite();
  await (await context(options)).watch();
  await (await context(forPhones)).watch(); // not purged while one works on it
} else {
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const { metafile } = await build(options);
  const phones = await build(forPhones);
  await purge();
  await copyFile(join(here, "src/mark.svg"), join(dist, "mark.svg"));
  await sprite();
  await licences(packagesIn(metafile, phones.metafile));
}

/** One SVG file with a <symbol> for each icon that a template may name. */
async function sprite() {
  const names = (await readFile(join(here, "icons.txt"), "utf8")).split("\n").filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(names.map(symbol));
  const shapes = (await readFile(join(here, "src/shapes.svg"), "utf8")).replace(/<!--.*?-->\s*/s, "");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}${shapes.replace(/\n/g, "")}</svg>\n`;
  await writeFile(join(dist, "icons.svg"), svg);
}

async function symbol(name) {
  const file = await readFile(join(here, `node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8");
  const inside = file.replace(/^.*?<svg[^>]*>/s, "").replace(/<\/svg>\s*$/, "");
  const drawn = inside.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn}</symbol>`;
}

/** Of Bootstrap only what the pages for phones use; slices may bring parts of their own, named _portal*.html. */
async function purge() {
  const file = join(dist, "phone.css");
  const content = [...PHONE_PAGES, join(here, "../../../desk/*/templates/**/_portal*.html")];
  const [{ css }] = await new PurgeCSS().purge({ content, css: [file], variables: true, safelist: { standard: ["data-bs-theme"] } });
  const travels = gzipSync(css).length;
  if (TOO_NEW.test(css)) throw new Error(`phone.css speaks of ${css.match(TOO_NEW)[0]}, which old phones do not know.`);
  if (travels > MOST) throw new Error(`phone.css is ${travels} bytes on its way to a phone; ${MOST} at most.`);
  await writeFile(file, css);
}

/** The packages whose files went into the bundles, and the icons, which go into the sprite. */
function packagesIn(...metafiles) {
  const paths = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const inputs = paths.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]);
  return [...new Set([...inputs.filter(Boolean), "@tabler/icons"])].sort();
}

async function licences(packages) {
  const notices = await Promise.all(packages.map(notice));
  await writeFile(join(dist, "THIRD_PARTY.json"), JSON.stringify(notices, null, 2) + "\n");
}

async function notice(name) {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(folder, file), "utf8") : await headOf(join(folder, about.style ?? about.main));
  if (!about.license || !text) throw new Error(`${name} comes without its licence: leave it out, or say here what it is.`);
  return { name, version: about.version, license: about.license, homepage: about.homepage, text };
}

/** The notice at the head of a bundled file, for packages that ship no licence file. */
async function headOf(path) {
  return (await readFile(path, "utf8")).match(/\/\*!([\s\S]*?)\*\//)?.[1].trim() ?? "";
}

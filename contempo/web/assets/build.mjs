// Builds what the pages load into contempo/web/static/dist: style sheets, one sprite of the icons in use, fonts, and
// six script bundles (every page; charts; maps; the keys of the desk; answering; the builder of questionnaires). Run with `npm run build`.

import { copyFile, glob, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ASSETS = path.join(ROOT, "contempo/web/assets");
const DIST = path.join(ROOT, "contempo/web/static/dist");
const MODULES = path.join(ROOT, "node_modules");
const BROWSERS = ["chrome109", "firefox115", "safari16.4"];

// Where the names of icons may be written.
const SOURCES = ["contempo/**/templates/**/*.html", "contempo/**/*.py"];

const WEIGHTS = [400, 600, 700];
const SUBSETS = ["latin", "latin-ext"];

async function sources() {
  const texts = [];
  for await (const file of glob(SOURCES, { cwd: ROOT })) texts.push(await readFile(path.join(ROOT, file), "utf8"));
  return texts;
}

async function styles() {
  for (const name of ["app", "map"]) {
    const { css } = sass.compile(path.join(ASSETS, "styles", `${name}.scss`), {
      loadPaths: [MODULES],
      quietDeps: true,
      silenceDeprecations: ["import", "global-builtin", "color-functions"],
    });
    // Leaflet's pictures are for controls and marks we do not use.
    const spare = css.replace(/url\([^)]*\.png[^)]*\)/g, "none");
    const { code } = await esbuild.transform(spare, { loader: "css", minify: true, target: BROWSERS });
    await writeFile(path.join(DIST, `${name}.css`), code);
  }
}

async function fonts() {
  await mkdir(path.join(DIST, "fonts"), { recursive: true });
  for (const weight of WEIGHTS)
    for (const subset of SUBSETS) {
      const name = `titillium-web-${subset}-${weight}-normal.woff2`;
      await copyFile(path.join(MODULES, "@fontsource/titillium-web/files", name), path.join(DIST, "fonts", name));
    }
}

async function sprite(texts) {
  const named = new Set(texts.flatMap((text) => text.match(/\bit-[a-z]+(?:-[a-z]+)*\b/g) ?? []));
  const symbols = [];
  for (const name of [...named].sort()) {
    const file = path.join(MODULES, "bootstrap-italia/src/svg", `${name}.svg`);
    if (!(await stat(file).catch(() => null))) continue;
    const svg = await readFile(file, "utf8");
    const box = svg.match(/viewBox="([^"]+)"/)?.[1] ?? "0 0 24 24";
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s+/g, " ").trim();
    symbols.push(`<symbol id="${name}" viewBox="${box}">${body}</symbol>`);
  }
  await writeFile(path.join(DIST, "sprite.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function scripts() {
  await esbuild.build({
    entryPoints: ["answering", "app", "chart", "desk", "map", "survey"].map((name) => path.join(ASSETS, "scripts", `${name}.js`)),
    outdir: DIST,
    bundle: true,
    minify: true,
    format: "iife",
    target: BROWSERS,
    legalComments: "none",
    logLevel: "warning",
  });
}

await rm(DIST, { recursive: true, force: true });
await mkdir(DIST, { recursive: true });
const texts = await sources();
await Promise.all([styles(), fonts(), sprite(texts), scripts()]);
await copyFile(path.join(ASSETS, "favicon.svg"), path.join(DIST, "favicon.svg"));

for await (const file of glob("**/*.{css,js,svg}", { cwd: DIST })) {
  const bytes = await readFile(path.join(DIST, file));
  console.log(`${file.padEnd(16)} ${String(bytes.length).padStart(8)} bytes, ${brotliCompressSync(bytes).length} compressed`);
}

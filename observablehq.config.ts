import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {chosenPages} from "./loaders/pages/chosenPages.ts";
import {SITE_ROOT_VARIABLE} from "./loaders/site/narrowSource.ts";
import {offline} from "./loaders/site/offline.ts";
import {menuOf, pagePath} from "./src/slices/sitePages.ts";

const project = dirname(fileURLToPath(import.meta.url));

// Framework imports this file before anything else, in build and in preview.
await offline({project, root: join(project, "src"), npm: ["htl", "isoformat"]});

const pages = chosenPages(Boolean(process.env["WEIR_SYNTHETIC"]));

export default {
  root: process.env[SITE_ROOT_VARIABLE] ?? "src",
  output: process.env["WEIR_DIST"] ?? "dist",
  title: process.env["WEIR_TITLE"] ?? "Weir",
  style: "style.css",
  globalStylesheets: ["observablehq:stdlib/inputs.css"],
  head: '<link rel="icon" href="data:,">',
  footer: "",
  search: false,
  pager: false,
  toc: false,
  // tsx in the loader's own process: no wrapper process, no $PATH lookup.
  interpreters: {".ts": ["node", "--import", "tsx/esm"]},
  pages: menuOf(pages).flatMap(({name, pages: below}): object[] => {
    const links = below.map((page) => ({name: page.name, path: pagePath(page.key, pages)}));
    return name === null ? links : [{name, open: true, pages: links}];
  })
};

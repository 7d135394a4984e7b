import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {offline} from "./loaders/site/offline.ts";

const project = dirname(fileURLToPath(import.meta.url));

// Framework imports this file before anything else, in build and in preview.
await offline({project, root: join(project, "src"), npm: ["htl", "isoformat"]});

export default {
  root: "src",
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
  pages: [
    {name: "Overview", path: "/"},
    {
      name: "The forecast",
      open: true,
      pages: [
        {name: "Forecast", path: "/forecast"},
        {name: "Track record", path: "/track-record"},
        {name: "Why it moved", path: "/why-it-moved"},
        {name: "Deal scores", path: "/deal-scores"},
        {name: "Price of bad data", path: "/bad-data"},
        {name: "What if", path: "/what-if"},
        {name: "Resources", path: "/resources"}
      ]
    },
    {
      name: "Pipeline",
      open: true,
      pages: [
        {name: "Open pipeline", path: "/pipeline"},
        {name: "Deals", path: "/deals"},
        {name: "Movement", path: "/movement"},
        {name: "Conversion", path: "/conversion"},
        {name: "Velocity", path: "/velocity"},
        {name: "Flow", path: "/flow"},
        {name: "Coverage & pacing", path: "/coverage"},
        {name: "Health", path: "/health"},
        {name: "Conformance", path: "/conformance"},
        {name: "People's forecasting", path: "/people"}
      ]
    },
    {
      name: "Where it comes from",
      open: true,
      pages: [
        {name: "Partners", path: "/partners"},
        {name: "Partner benchmark", path: "/partner-benchmark"},
        {name: "Partner life cycle", path: "/partner-life-cycle"},
        {name: "Marketing", path: "/marketing"},
        {name: "Products", path: "/products"}
      ]
    },
    {
      name: "What comes of it",
      open: true,
      pages: [
        {name: "Backlog & delivery", path: "/backlog"},
        {name: "Recurring revenue", path: "/recurring"},
        {name: "Material & capacity", path: "/material"}
      ]
    },
    {
      name: "The data",
      open: true,
      pages: [
        {name: "Explore", path: "/explore"},
        {name: "Playbook", path: "/playbook"},
        {name: "Data quality", path: "/data-quality"},
        // Of real data there is nothing to state that the Data quality page does not.
        ...(process.env["WEIR_SYNTHETIC"] ? [{name: "Data sheet", path: "/data-sheet"}] : [])
      ]
    }
  ]
};

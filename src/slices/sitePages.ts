/**
 * The pages of a site as its menu has them, and where each is found. The one list that Framework's configuration, the
 * choice of an audience's pages and links between pages read.
 */

export interface SitePage {
  /** As workspace.yaml and addresses name it; its Markdown file, but for the overview's, which is index.md. */
  key: string;
  /** As the menu names it. */
  name: string;
}

export interface MenuGroup {
  /** Null for pages that stand above all groups. */
  name: string | null;
  pages: readonly SitePage[];
}

export const MENU: readonly MenuGroup[] = [
  {name: null, pages: [{key: "overview", name: "Overview"}]},
  {
    name: "The forecast",
    pages: [
      {key: "forecast", name: "Forecast"},
      {key: "track-record", name: "Track record"},
      {key: "why-it-moved", name: "Why it moved"},
      {key: "deal-scores", name: "Deal scores"},
      {key: "bad-data", name: "Price of bad data"},
      {key: "what-if", name: "What if"},
      {key: "resources", name: "Resources"}
    ]
  },
  {
    name: "Pipeline",
    pages: [
      {key: "pipeline", name: "Open pipeline"},
      {key: "deals", name: "Deals"},
      {key: "movement", name: "Movement"},
      {key: "conversion", name: "Conversion"},
      {key: "velocity", name: "Velocity"},
      {key: "flow", name: "Flow"},
      {key: "coverage", name: "Coverage & pacing"},
      {key: "health", name: "Health"},
      {key: "conformance", name: "Conformance"},
      {key: "people", name: "People's forecasting"}
    ]
  },
  {
    name: "Where it comes from",
    pages: [
      {key: "partners", name: "Partners"},
      {key: "compare", name: "How you compare"},
      {key: "partner-benchmark", name: "Partner benchmark"},
      {key: "partner-life-cycle", name: "Partner life cycle"},
      {key: "marketing", name: "Marketing"},
      {key: "products", name: "Products"}
    ]
  },
  {
    name: "What comes of it",
    pages: [
      {key: "backlog", name: "Backlog & delivery"},
      {key: "recurring", name: "Recurring revenue"},
      {key: "material", name: "Material & capacity"}
    ]
  },
  {
    name: "The data",
    pages: [
      {key: "explore", name: "Explore"},
      {key: "playbook", name: "Playbook"},
      {key: "data-quality", name: "Data quality"},
      {key: "data-sheet", name: "Data sheet"}
    ]
  }
];

/** Keys of all pages, in the order of the menu. */
export const PAGE_KEYS: readonly string[] = MENU.flatMap(({pages}) => pages.map(({key}) => key));

/** The Markdown file of a page below src/. */
export function pageFile(key: string): string {
  return key === PAGE_KEYS[0] ? "index.md" : `${key}.md`;
}

/** The menu of a site that has only these pages: groups without any vanish. @param keys in any order */
export function menuOf(keys: readonly string[]): MenuGroup[] {
  return MENU.map(({name, pages}) => ({name, pages: pages.filter(({key}) => keys.includes(key))})).filter(
    ({pages}) => pages.length > 0
  );
}

/** Those of `keys` that are pages, in the order of the menu; the first is the one that a site opens with. */
export function inMenuOrder(keys: readonly string[]): string[] {
  return PAGE_KEYS.filter((key) => keys.includes(key));
}

/** Where a page of a site is found, from its root: the first of its pages is where the site opens. */
export function pagePath(key: string, keys: readonly string[]): string {
  return key === inMenuOrder(keys)[0] ? "/" : `/${key}`;
}

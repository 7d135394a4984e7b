/** Coverage cut by a dimension: whose quota is covered, and by how much. */
import {DataTable} from "../components/dataTable.js";
import type {CoverageFigures, CoverageSlice} from "../figures/coverage.js";
import type {ChosenAsOf} from "./asOf.js";
import type {PageContext} from "./pageContext.js";

/** One row a value of the cut: won, open and due, created, and where there is a quota what is left of it and its coverage. */
export function CoverageBySlice(
  {site}: PageContext,
  {cut}: ChosenAsOf,
  {pace: {unknown}, slices: {n, list}}: CoverageFigures
): HTMLElement {
  if (!cut) return document.createElement("span");
  const money = {unit: "money", currency: site.currency} as const;
  const missing = "no quota by this";
  // What is not known of the whole is not known of its parts.
  if (unknown.money) return document.createElement("span");
  const rows: (Omit<CoverageSlice, "open"> & {open: number | null})[] = unknown.open
    ? list.map((row) => ({...row, open: null, coverage: null}))
    : list;
  const hasQuota = rows.some(({quota}) => quota !== null);
  return DataTable(
    rows,
    [
      {key: "value", label: cut.label, unit: "text"},
      {key: "open", label: "Open and due", total: true, ...money},
      {key: "won", label: "Won to date", total: true, ...money},
      ...(hasQuota
        ? ([
            {key: "quota", label: "Quota", total: true, missing, ...money},
            {key: "left", label: "Still to win", missing, ...money},
            {key: "coverage", label: "Coverage", unit: "multiple", missing: "reached, or no quota"}
          ] as const)
        : []),
      {key: "generated", label: "Created in the quarter", total: true, ...money},
      ...(rows.some(({qualified}) => qualified !== null)
        ? ([{key: "qualified", label: "Qualified in the quarter", total: true, ...money}] as const)
        : [])
    ],
    {
      caption: `Coverage by ${cut.label.toLowerCase()}${hasQuota ? "" : " (no quotas are set by it)"}`,
      of: n,
      showCaption: true,
      pageSize: 12,
      empty: {
        reason: "Nothing is open, won or created in the quarter in this selection.",
        action: "Clear a filter, or choose another quarter."
      }
    }
  );
}

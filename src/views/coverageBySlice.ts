/** Coverage cut by a dimension: whose quota is covered, and by how much. */
import {DataTable} from "../components/dataTable.js";
import {evaluate} from "../slices/evaluate.js";
import type {MovementData} from "../slices/movementData.js";
import {standing} from "../slices/pacing.js";
import {cutLives} from "../slices/stretches.js";
import type {ChosenAsOf} from "./asOf.js";
import type {Pace} from "./coverage.js";
import type {PageContext} from "./pageContext.js";

/** One row a value of the cut: won, open and due, created, and where there is a quota what is left of it and its coverage. */
export function CoverageBySlice(
  context: PageContext,
  data: MovementData,
  {filters, cut}: ChosenAsOf,
  {lives, span, on, quarter}: Pace
): HTMLElement {
  if (!cut) return document.createElement("span");
  const {site, facts} = context;
  const rows = [...cutLives(lives, data, cut.key)]
    .map(([value, own]) => {
      const now = standing(own, span, on);
      const quota = evaluate("quota_total", site.catalogue, facts, {
        filters: {...filters, [cut.key]: [value]},
        period: quarter
      }).value;
      const left = quota ? quota - now.won / 100 : null;
      return {
        value,
        quota: quota || null,
        won: now.won / 100,
        left,
        open: now.openDue / 100,
        coverage: left !== null && left > 0 ? now.openDue / 100 / left : null,
        generated: now.generated / 100
      };
    })
    .filter(({quota, won, open, generated}) => (quota ?? 0) + won + open + generated > 0)
    .sort((a, b) => b.open - a.open);
  const money = {unit: "money", currency: site.currency} as const;
  const missing = "no quota by this";
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
            {key: "left", label: "Left of it", missing, ...money},
            {key: "coverage", label: "Coverage", unit: "multiple", missing: "reached, or no quota"}
          ] as const)
        : []),
      {key: "generated", label: "Created in the quarter", total: true, ...money}
    ],
    {
      caption: `Whose quarter is covered: by ${cut.label.toLowerCase()}${hasQuota ? "" : "; quotas are not known by it"}`,
      showCaption: true,
      pageSize: 12,
      empty: {
        reason: "Nothing is open, won or created in the quarter in this selection.",
        action: "Clear a filter, or choose another quarter."
      }
    }
  );
}

/** What is wrong with open deals, and which to repair first. Flags are set by loaders/models/marts/deal_flags.sql. */
import {cell, type FactTable} from "./facts.js";
import {type Filters, selectRows} from "./select.js";

export interface FlagRule {
  flag: string;
  label: string;
  rule: string;
  repair: string;
  is_known: boolean;
  missing: string;
  /** The exports say of past days what it asks; `undated` why not. */
  is_dated: boolean;
  undated: string;
}

/** The Health page's data; made by loaders/pages/healthData.ts. */
export interface HealthData {
  /** One row per deal and flag, with columns deal, flag, severity, measured, allowed, open_amount. */
  flags: FactTable;
  /** In their order. */
  rules: FlagRule[];
}

export interface FlagTotal {
  rule: FlagRule;
  severity: "critical" | "warning";
  /** Null when no deal of it has an amount. */
  cents: number | null;
  /** Rows of the deals. */
  deals: number[];
}

export interface Repair {
  deal: number;
  /** Null when the deal has no amount. */
  cents: number | null;
  isCritical: boolean;
  flags: string[];
  /** What to do about the gravest flag, by the rules' order. */
  first: string;
}

/** Money and deals by rule and severity, for the deals that pass the filters. */
export function flagTotals({flags, rules}: HealthData, filters: Filters): FlagTotal[] {
  const found = new Map<string, number[]>();
  for (const row of selectRows(flags, filters)) {
    const key = `${cell(flags, "flag", row)}\n${cell(flags, "severity", row)}`;
    const same = found.get(key);
    if (same) same.push(row);
    else found.set(key, [row]);
  }
  return rules.flatMap((rule) =>
    (["critical", "warning"] as const).map((severity): FlagTotal => {
      const rows = found.get(`${rule.flag}\n${severity}`) ?? [];
      return {
        rule,
        severity,
        cents: sum(flags, rows),
        deals: rows.map((row) => Number(cell(flags, "deal", row)))
      };
    })
  );
}

/** Flagged deals, those with a critical flag first, then by money, then by the number of flags. */
export function repairList({flags, rules}: HealthData, filters: Filters): Repair[] {
  const order = new Map(rules.map((rule, index) => [rule.flag, {...rule, index}]));
  const byDeal = new Map<number, number[]>();
  for (const row of selectRows(flags, filters)) {
    const deal = Number(cell(flags, "deal", row));
    const same = byDeal.get(deal);
    if (same) same.push(row);
    else byDeal.set(deal, [row]);
  }
  const repairs = [...byDeal].map(([deal, rows]): Repair => {
    const found = rows
      .map((row) => ({
        rule: order.get(String(cell(flags, "flag", row)))!,
        isCritical: cell(flags, "severity", row) === "critical"
      }))
      .sort((a, b) => Number(b.isCritical) - Number(a.isCritical) || a.rule.index - b.rule.index);
    return {
      deal,
      cents: sum(flags, rows.slice(0, 1)),
      isCritical: found[0]!.isCritical,
      flags: found.map(({rule}) => rule.label),
      first: found[0]!.rule.repair
    };
  });
  return repairs.sort(
    (a, b) =>
      Number(b.isCritical) - Number(a.isCritical) ||
      (b.cents ?? 0) - (a.cents ?? 0) ||
      b.flags.length - a.flags.length
  );
}

/**
 * The flags that deals had at the end of a day, as a table like that of the newest day.
 * @param spells one row a deal, flag and spell of days, with columns deal, flag, severity, from_on, to_on
 * @param centsOf open amount at the end of the day; of a deal flagged for having no amount it is unknown
 */
export function flagsOn(
  spells: FactTable,
  day: number,
  deals: ReadonlySet<number>,
  centsOf: (deal: number) => number | null
): FactTable {
  const [from, to, dealOf] = ["from_on", "to_on", "deal"].map((name) => {
    const column = spells.columns[name];
    return column?.kind === "day" || column?.kind === "number" ? column.values : [];
  }) as [(number | null)[], (number | null)[], (number | null)[]];
  const rows: number[] = [];
  for (let row = 0; row < spells.n; row++)
    if (from[row]! <= day && to[row]! > day && deals.has(dealOf[row]!)) rows.push(row);
  const worthless = new Set(
    rows.filter((row) => cell(spells, "flag", row) === "no_amount").map((row) => dealOf[row]!)
  );
  const pick = (name: string) => {
    const column = spells.columns[name];
    if (column?.kind !== "key") throw new Error(`${name} is not a column of words`);
    return {...column, codes: rows.map((row) => column.codes[row] ?? null)};
  };
  return {
    n: rows.length,
    columns: {
      deal: {kind: "number", values: rows.map((row) => dealOf[row]!)},
      flag: pick("flag"),
      severity: pick("severity"),
      open_amount: {
        kind: "cents",
        values: rows.map((row) => (worthless.has(dealOf[row]!) ? null : centsOf(dealOf[row]!)))
      }
    }
  };
}

/** Null when no row has an amount. */
function sum(flags: FactTable, rows: readonly number[]): number | null {
  const column = flags.columns["open_amount"];
  if (column?.kind !== "cents") return null;
  return sumKnown(rows.map((row) => column.values[row] ?? null));
}

/** The sum of those that are known; null when none is. */
export function sumKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((total, value) => total + value, 0) : null;
}

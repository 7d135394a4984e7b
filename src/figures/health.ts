/** Figures of the Health page: money behind each flag, by slice, and the deals to repair. */
import type {FactTable} from "../slices/facts.js";
import {
  type FlagRule,
  flagsOn,
  flagTotals,
  type HealthData,
  type Repair,
  repairList,
  sumKnown
} from "../slices/health.js";
import {groupBy} from "../slices/partners/columns.js";
import {joinedTo} from "./joined.js";
import {type OpenDeals, type OpenList, openDeals} from "./openThen.js";
import {type Asked, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** Deals with their open amount; null when none of them has one. */
export interface MoneyOf extends OpenList {
  cents: number | null;
}

export type FlagMoney = MoneyOf &
  Pick<FlagRule, "flag" | "label" | "rule"> & {severity: "critical" | "warning"};

export interface RepairRow {
  deal_id: string;
  deal: string;
  amount: number | null;
  severity: string;
  first: string;
  flags: string;
  n: number;
  owner: string | null;
  stage: string | null;
  close_on: string | null;
}

/** The open pipeline of a slice by the gravest flag of its deals. */
export interface SliceHealth {
  label: string;
  nOpen: number;
  critical: number;
  warning: number;
  none: number;
  flagged: MoneyOf;
}

export const healthPage = {
  page: "health",
  kinds: ["deals", "health"],
  pastKinds: ["standing", "flag_spells"],
  still: (asked: Asked) => {
    const {open, data, repairs} = flaggedOf(asked);
    const dated = data.rules.filter(({is_dated}) => is_dated).map(({flag}) => flag);
    const filters = open.isToday ? asked.chosen.filters : {};
    const told = dated.length > 0 ? repairList(data, {...filters, flag: dated}) : [];
    return {
      rules: data.rules,
      isToday: open.isToday,
      open: {n: open.rows.length, cents: sumKnown(open.rows.map(open.centsOf))},
      /** By the rules that past days are judged by too, so that days can be compared. */
      dated: {flagged: worthOf(told), critical: worthOf(told.filter(({isCritical}) => isCritical))},
      flags: flagTotals(data, filters)
        .filter((total) => total.deals.length > 0)
        .map(
          ({rule: {flag, label, rule}, severity, cents, deals}): FlagMoney => ({
            ...{flag, label, rule, severity, cents},
            ...open.listOf(deals)
          })
        ),
      flagged: moneyOf(open, repairs),
      critical: moneyOf(
        open,
        repairs.filter(({isCritical}) => isCritical)
      ),
      repairs: ranked(repairs.map((repair) => repairRow(open, repair))) satisfies Ranked<RepairRow>
    };
  },
  cut: (asked: Asked) => {
    const {cut} = asked.chosen;
    const {open, repairs} = flaggedOf(asked);
    return {bySlice: ranked(cut ? slicesOf(open, repairs, cut.key) : [])};
  }
} satisfies PageFigures<object, object, object>;

export type HealthFigures = ReturnType<typeof healthPage.still> & ReturnType<typeof healthPage.cut>;

interface Flagged {
  open: OpenDeals;
  /** Flags of these deals and perhaps others, by rows of the table that `open` points at. */
  data: HealthData;
  repairs: Repair[];
}

/** Worked out once for the same open deals. */
const known = new WeakMap<OpenDeals, Flagged>();

function flaggedOf(asked: Asked): Flagged {
  const open = openDeals(asked);
  const {facts, files, chosen} = asked;
  const found = known.get(open);
  if (found) return found;
  const {rules, flags}: HealthData = files["health"];
  const data = open.isToday
    ? {rules, flags: joinedTo(facts["deals"]!, flags)}
    : {
        rules,
        flags: flagsOn(files["flag_spells"] as FactTable, chosen.day, new Set(open.rows), open.centsOf)
      };
  const flagged = {open, data, repairs: repairList(data, open.isToday ? chosen.filters : {})};
  known.set(open, flagged);
  return flagged;
}

function moneyOf(open: OpenDeals, repairs: readonly Repair[]): MoneyOf {
  return {
    cents: sumKnown(repairs.map(({cents}) => cents)),
    ...open.listOf(repairs.map(({deal}) => deal))
  };
}

/** Of no deals the money is 0; of deals without an amount it is unknown. */
function worthOf(repairs: readonly Repair[]): number | null {
  return repairs.length === 0 ? 0 : sumKnown(repairs.map(({cents}) => cents));
}

function repairRow(open: OpenDeals, {deal, cents, isCritical, flags, first}: Repair): RepairRow {
  const {deal_id, name, owner, stage, close_on} = open.of(deal);
  return {
    ...{deal_id, deal: name ?? deal_id, owner, stage, close_on, first},
    amount: cents === null ? null : cents / 100,
    severity: isCritical ? "critical" : "warning",
    flags: flags.join("; "),
    n: flags.length
  };
}

/** The slices with most flagged money first. */
function slicesOf(open: OpenDeals, repairs: readonly Repair[], key: string): SliceHealth[] {
  const repairOf = new Map(repairs.map((repair) => [repair.deal, repair]));
  const sum = (rows: readonly number[]) => (sumKnown(rows.map(open.centsOf)) ?? 0) / 100;
  return [...groupBy(open.rows, (row) => open.sliceOf(row, key))]
    .map(([label, rows]): SliceHealth => {
      const mine = rows.flatMap((row) => repairOf.get(row) ?? []);
      const of = (isCritical: boolean) =>
        sum(mine.filter((each) => each.isCritical === isCritical).map(({deal}) => deal));
      return {
        label,
        nOpen: rows.length,
        critical: of(true),
        warning: of(false),
        none: sum(rows.filter((row) => !repairOf.has(row))),
        flagged: moneyOf(open, mine)
      };
    })
    .sort(
      (a, b) =>
        b.critical + b.warning - a.critical - a.warning || b.nOpen - a.nOpen || (a.label < b.label ? -1 : 1)
    );
}

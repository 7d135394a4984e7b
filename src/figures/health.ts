/** Figures of the Health page: money behind each flag, and the deals to repair. */
import {cell} from "../slices/facts.js";
import {
  type FlagRule,
  flagTotals,
  type HealthData,
  type Repair,
  repairList,
  sumKnown
} from "../slices/health.js";
import {joinedTo} from "./joined.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** Deals with their open amount; null when none of them has one. */
export interface MoneyOf {
  cents: number | null;
  deals: DealList;
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

export const healthPage = {
  page: "health",
  kinds: ["deals", "health"],
  still: (asked: Asked) => {
    const {facts, files, chosen} = asked;
    const deals = facts["deals"]!;
    const {rules, flags}: HealthData = files["health"];
    const data = {rules, flags: joinedTo(deals, flags)};
    const repairs = repairList(data, chosen.filters);
    const text = (column: string, row: number) => cell(deals, column, row) as string | null;
    return {
      rules,
      flags: flagTotals(data, chosen.filters)
        .filter((total) => total.deals.length > 0)
        .map(
          ({rule: {flag, label, rule}, severity, cents, deals}): FlagMoney => ({
            ...{flag, label, rule, severity, cents},
            deals: dealList(deals)
          })
        ),
      flagged: moneyOf(repairs),
      critical: moneyOf(repairs.filter(({isCritical}) => isCritical)),
      repairs: ranked(
        repairs.map(
          ({deal, cents, isCritical, flags, first}): RepairRow => ({
            deal_id: text("deal_id", deal)!,
            deal: text("deal_name", deal)!,
            amount: cents === null ? null : cents / 100,
            severity: isCritical ? "critical" : "warning",
            first,
            flags: flags.join("; "),
            n: flags.length,
            owner: text("owner", deal),
            stage: text("stage", deal),
            close_on: text("close_on", deal)
          })
        )
      ) satisfies Ranked<RepairRow>
    };
  }
} satisfies PageFigures<object>;

export type HealthFigures = ReturnType<typeof healthPage.still>;

function moneyOf(repairs: readonly Repair[]): MoneyOf {
  return {
    cents: sumKnown(repairs.map(({cents}) => cents)),
    deals: dealList(repairs.map(({deal}) => deal))
  };
}

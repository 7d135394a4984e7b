/** Figures of the Conformance page: rules as they were asked, and money in stages it has not earned. */
import {askedIn, type RuleCount, ruleCounts, type Unearned, unearned} from "../slices/conformance.js";
import {cell, type FactTable} from "../slices/facts.js";
import {groupRows, selectRows} from "../slices/select.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** An open deal in a stage it has not earned. */
export interface UnearnedRow {
  id: string;
  name: string | null;
  value: number;
  stage: string;
  rules: string;
  owner: string | null;
}

/** Unearned money of a stage or an owner. */
export interface UnearnedBy {
  label: string;
  value: number;
  n: number;
}

export const conformancePage = {
  page: "conformance",
  kinds: ["deals", "conformance"],
  still: ({facts, chosen}: Asked) => {
    const [table, deals] = [facts["conformance"]!, facts["deals"]!];
    const found = unearned(table, deals, selectRows(table, chosen.filters));
    return {
      hasRules: table.n > 0,
      unearned: {
        cents: found.reduce((sum, {cents}) => sum + cents, 0),
        deals: dealList(found.map(({deal}) => deal)) satisfies DealList
      },
      byStage: ranked(unearnedBy(deals, found, "stage")),
      byOwner: ranked(unearnedBy(deals, found, "owner")),
      unearnedDeals: ranked(
        found.map(
          ({deal, stage, rules, cents}): UnearnedRow => ({
            id: String(cell(deals, "deal_id", deal) ?? ""),
            name: cell(deals, "deal_name", deal) as string | null,
            value: cents / 100,
            stage,
            rules: rules.join("; "),
            owner: cell(deals, "owner", deal) as string | null
          })
        )
      ) satisfies Ranked<UnearnedRow>
    };
  },
  quarter: ({facts, chosen}: Asked) => {
    const table = facts["conformance"]!;
    const asked = askedIn(table, selectRows(table, chosen.filters), chosen.period);
    return {
      nAsked: asked.length,
      rules: ruleCounts(table, asked, "rule") satisfies RuleCount[],
      owners: ranked(ruleCounts(table, asked, "owner_then"))
    };
  }
} satisfies PageFigures<object, object>;

export type ConformanceFigures = ReturnType<typeof conformancePage.still> &
  ReturnType<typeof conformancePage.quarter>;

function unearnedBy(deals: FactTable, found: readonly Unearned[], by: "stage" | "owner"): UnearnedBy[] {
  const cents = new Map(found.map((each) => [each.deal, each.cents]));
  return [...groupRows(deals, [...cents.keys()], by)]
    .map(([label, mine]) => ({
      label,
      value: mine.reduce((sum, deal) => sum + cents.get(deal)!, 0) / 100,
      n: mine.length
    }))
    .sort((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1));
}

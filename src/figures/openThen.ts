/** The open deals of a selection at the end of a day: of the newest day as the records say, of a past one as the log does. */
import {cell, type FactTable} from "../slices/facts.js";
import {NONE, selectRows} from "../slices/select.js";
import {type StandingData, standingDeals} from "../slices/standingData.js";
import {DATED_FILTERS, stateOn} from "../slices/stretches.js";
import {type Asked, type DealList, dealList, type Ranked} from "./pageFigures.js";
import {type Lives, livesOf, type Standing, type StandingRow, standingRows} from "./standing.js";

/** Deals behind a figure: rows of the table of deals, or of a past day the deals as they stood then. */
export interface OpenList {
  deals: DealList;
  stood?: Ranked<StandingRow>;
}

/** What is known of one open deal. */
export interface OpenDeal {
  deal_id: string;
  name: string | null;
  owner: string | null;
  stage: string | null;
  close_on: string | null;
}

export interface OpenDeals {
  /** The newest day, of which everything is known. */
  isToday: boolean;
  /** Rows of the table that the page's own rows point at. */
  rows: readonly number[];
  /** Open amount; null when it is unknown. */
  centsOf(row: number): number | null;
  of(row: number): OpenDeal;
  sliceOf(row: number, key: string): string;
  listOf(rows: readonly number[]): OpenList;
}

/** Worked out once for each filters and day: all that a page asks of them. */
const known = new WeakMap<object, Map<number, OpenDeals>>();

/** The open deals. A past day needs the standing data among the page's files. */
export function openDeals(asked: Asked): OpenDeals {
  const {site, facts, chosen} = asked;
  const byDay = known.get(chosen.filters) ?? new Map<number, OpenDeals>();
  known.set(chosen.filters, byDay);
  const isToday = chosen.asOf === site.asOf;
  const found = byDay.get(chosen.day) ?? (isToday ? openToday(facts["deals"]!, asked) : openOn(asked));
  byDay.set(chosen.day, found);
  return found;
}

function openToday(deals: FactTable, {chosen}: Asked): OpenDeals {
  const amount = deals.columns["open_amount"];
  const word = (column: string, row: number) => cell(deals, column, row) as string | null;
  return {
    isToday: true,
    rows: selectRows(deals, chosen.filters).filter((row) => cell(deals, "n_open", row) === 1),
    centsOf: (row) =>
      amount?.kind !== "cents" || cell(deals, "is_amount_unknown", row) === 1
        ? null
        : (amount.values[row] ?? null),
    of: (row) => ({
      deal_id: word("deal_id", row) ?? "",
      name: word("deal_name", row),
      owner: word("owner", row),
      stage: word("stage", row),
      close_on: word("close_on", row)
    }),
    sliceOf: (row, key) => String(cell(deals, key, row) ?? NONE),
    listOf: (rows) => ({deals: dealList(rows)})
  };
}

function openOn(asked: Asked): OpenDeals {
  const stood: StandingData = asked.files["standing"];
  const {stretches} = stood;
  const deals = standingDeals(stood, asked.facts["deals"]!);
  const data: Lives = {deals, stretches};
  const standing = new Map<number, Standing>();
  for (const life of livesOf(asked, data)) {
    const state = stateOn(life, asked.chosen.day);
    if (state?.status === "open" && state.isMine) standing.set(life.deal, {deal: life.deal, state});
  }
  const rowOf = (deal: number) => standing.get(deal)!.state.row;
  return {
    isToday: false,
    rows: [...standing.keys()],
    // A stretch has 0 where the amount is unknown.
    centsOf: (deal) => standing.get(deal)!.state.cents || null,
    of(deal) {
      const [{deal_id, deal_name, owner, stage, due_on}] = standingRows(data, [standing.get(deal)!]).list as [
        StandingRow
      ];
      return {deal_id, name: deal_name, owner, stage, close_on: due_on};
    },
    sliceOf: (deal, key) =>
      String(
        (DATED_FILTERS.includes(key) ? cell(stretches, key, rowOf(deal)) : cell(deals, key, deal)) ?? NONE
      ),
    listOf(list) {
      const stood = standingRows(
        data,
        list.map((deal) => standing.get(deal)!)
      );
      return {deals: {n: stood.n, rows: []}, stood};
    }
  };
}

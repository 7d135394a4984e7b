/** Figures of the Recurring revenue page: how ARR moved, what stays of it, what is due, what may come, and both sides of the ledger. */
import {cell, dayNumber, type FactTable, isoDay} from "../slices/facts.js";
import {monthOf, monthStart} from "../slices/months.js";
import {centsAt, dayAt, numberAt, rowsOf, wordAt} from "../slices/partners/columns.js";
import {contractedAhead, expectedCents, pipelineToArr} from "../slices/recurring/arrAhead.js";
import {
  type AccountMonth,
  ARR_LINES,
  type ArrLines,
  type ArrMonth,
  accountMonths,
  arrMonths,
  bridge,
  movedBetween
} from "../slices/recurring/arrMonths.js";
import {type AccountLevels, accountLevels, levelAt} from "../slices/recurring/levels.js";
import {type RecurringData, recurringDimensions} from "../slices/recurring/recurringData.js";
import {
  type DueOn,
  decidedUntil,
  dueByQuarter,
  dueState,
  dueWithoutDeal,
  endedContracts,
  renewalRate,
  usualLead
} from "../slices/recurring/renewals.js";
import {cohortCells, retention, yearBefore} from "../slices/recurring/retention.js";
import {type Filters, selectRows} from "../slices/select.js";
import type {Dimension, FiscalPeriod, SiteData} from "../slices/site.js";
import {type Asked, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** Months drawn at most. */
const MOST_MONTHS = 48;
const COHORTS = 12;
export const COHORT_MONTHS = [6, 12, 18, 24, 30, 36] as const;
const HALF_YEAR = 183;
/** Values of a dimension that the build of a large firm answers at most; one with more is not offered there. */
const MOST_VALUES = 60;
const LEDGER_SLICES = ["region", "segment"];

/** Rows of one list that the build of a large firm keeps at most. */
const MOST_ROWS = 200;

/** Rows made of records, all of them or of a large firm the first. */
function listed<Record, Row>(
  {parts}: Pick<SiteData, "parts">,
  records: readonly Record[],
  row: (record: Record) => Row
): Ranked<Row> {
  return {n: records.length, list: (parts ? records.slice(0, MOST_ROWS) : records).map(row)};
}

/** What is worked out once for a selection, whatever quarter is asked. */
interface Moved {
  data: RecurringData;
  asOf: number;
  list: AccountMonth[];
  months: ArrMonth[];
  levels: AccountLevels[];
  contracts: number[];
}

const known = new WeakMap<Filters, Moved>();

function movedOf({files, chosen: {filters}}: Asked): Moved {
  const data: RecurringData = files["recurring"];
  const found = known.get(filters);
  if (found?.data === data) return found;
  const rows = selectRows(data.changes, filters);
  const list = accountMonths(data.changes, rows);
  const asOf = dayNumber(data.asOf);
  const moved = {
    ...{data, asOf, list},
    months: arrMonths(list, monthOf(asOf)),
    levels: accountLevels(data.changes, rows),
    contracts: selectRows(data.contracts, filters)
  };
  known.set(filters, moved);
  return moved;
}

export const recurringPage = {
  page: "recurring",
  kinds: ["recurring"],
  isAlwaysAnswered: true,
  dimensions: ({site, files}: Pick<Asked, "site" | "files">) => dimensionsOf(site, files["recurring"]),
  still: (asked: Asked) => {
    const moved = movedOf(asked);
    const {data, asOf, months, levels, contracts} = moved;
    const {reason, graceDays, hasRenewalDeals, doubts, chances, noChances} = data;
    const {filters} = asked.chosen;
    const ahead = data.quarters.filter(({to}) => dayNumber(to) > asOf).map(inDays);
    const past = data.quarters.filter(({to}) => dayNumber(to) <= asOf).map(inDays);
    const lead = usualLead(data.contracts, rowsOf(data.contracts));
    const on = {asOf, graceDays, hasRenewalDeals, lead};
    const until = decidedUntil(on);
    const year = {from: yearBefore(until) + 1, to: asOf};
    const atRisk = dueWithoutDeal(data.contracts, contracts, on, HALF_YEAR);
    return {
      ...{reason, graceDays, hasRenewalDeals, doubts, chances, noChances, lead},
      asOf: data.asOf,
      dimensions: dimensionsOf(asked.site, data),
      months: months.slice(-MOST_MONTHS),
      since: months[0] ? monthStart(months[0].month) : null,
      retention: monthEnds(months, asOf)
        .slice(-MOST_MONTHS)
        .map((day) => ({on: isoDay(day), ...retention(levels, yearBefore(day), day)})),
      cohorts: cohortCells(levels, past.slice(-COHORTS), COHORT_MONTHS, asOf),
      renewals: {
        year: renewalRate(data.contracts, contracts, year, on),
        until: isoDay(until),
        quarters: past.slice(-8).map(({label, from, to}) => ({
          label,
          ...renewalRate(data.contracts, contracts, {from, to}, on)
        })),
        due: dueByQuarter(data.contracts, contracts, ahead.map(fromAsOf(asOf)), on),
        dueRows: ranked(dueRows(moved, on, ahead.at(-1)?.to ?? asOf)),
        risk: ranked(atRisk.map((row) => contractRow(moved, on, row))),
        // When there should be a renewal deal is known only of a firm whose deals say which are renewals, and of ten of them.
        late:
          hasRenewalDeals && lead !== null
            ? {
                n: atRisk.length,
                cents: atRisk.reduce((sum, row) => sum + centsAt(data.contracts, "arr", row)!, 0)
              }
            : null,
        decided: ranked(
          endedContracts(data.contracts, contracts, year.from, until)
            .map((row) => decidedRow(moved, row))
            .sort((a, b) => b.arr - a.arr)
        )
      },
      contracted: contractedAhead(data.contracts, contracts, ahead, asOf),
      thisQuarter: ahead[0]?.label ?? null,
      pipeline: {
        cells: pipelineToArr(data.pipeline, selectRows(data.pipeline, filters)),
        deals: listed(asked.site, selectRows(data.pipeline, filters), (row) =>
          pipelineRow(data.pipeline, row)
        )
      },
      ledger: ledgerOf(data.ledger, filters),
      isPart: Object.values(filters).some((values) => values.length > 0)
    };
  },
  quarter: (asked: Asked) => {
    const {data, asOf, list, months: all, levels} = movedOf(asked);
    const {period} = asked.chosen;
    const to = Math.min(dayNumber(period.to), asOf);
    const [first, last] = [monthOf(dayNumber(period.from)), monthOf(to)];
    const months = all.filter(({month}) => month >= first && month <= last);
    const moved = movedBetween(list, first, last).filter((each) =>
      ARR_LINES.some((line) => each[line] !== 0)
    );
    const standing = levels
      .map((each) => ({
        account: each.account,
        cents: levelAt(each, to),
        before: levelAt(each, yearBefore(to))
      }))
      .filter(({cents, before}) => cents > 0 || before > 0)
      .sort((a, b) => b.cents - a.cents || a.account - b.account);
    const cohort = standing
      .filter(({before}) => before > 0)
      .sort((a, b) => b.before - a.before || a.account - b.account);
    const levelled = (found: typeof standing) =>
      listed(asked.site, found, ({account, cents, before}) => ({
        ...customer(data, account),
        ...{cents, before}
      }));
    const sum = (of: (each: AccountMonth) => number) => moved.reduce((total, each) => total + of(each), 0);
    return {
      on: isoDay(to),
      before: isoDay(dayNumber(monthStart(first)) - 1),
      bridge: bridge(months),
      byProduct: {up: sum(({upByProduct}) => upByProduct), down: sum(({downByProduct}) => downByProduct)},
      nLines: Object.fromEntries(
        ARR_LINES.map((line) => [line, moved.filter((each) => each[line] !== 0).length])
      ) as ArrLines,
      moved: listed(
        asked.site,
        moved.sort((a, b) => Math.abs(b.end - b.begin) - Math.abs(a.end - a.begin) || a.account - b.account),
        (each) => ({...customer(data, each.account), ...each})
      ),
      standing: levelled(standing.filter(({cents}) => cents > 0)),
      cohort: levelled(cohort),
      lost: levelled(cohort.filter(({cents}) => cents === 0)),
      nCustomers: standing.filter(({cents}) => cents > 0).length,
      year: retention(levels, yearBefore(to), to)
    };
  }
} satisfies PageFigures<object, object>;

export type RecurringFigures = ReturnType<typeof recurringPage.still> &
  ReturnType<typeof recurringPage.quarter>;

function dimensionsOf({parts}: Pick<SiteData, "parts">, data: RecurringData): Dimension[] {
  return recurringDimensions(data).filter(({values}) => !parts || values.length <= MOST_VALUES);
}

type Span = {label: string; from: number; to: number};

function inDays({label, from, to}: FiscalPeriod): Span {
  return {label, from: dayNumber(from), to: dayNumber(to)};
}

/** What ends on the as-of day itself is due in the first of the coming quarters. */
function fromAsOf(asOf: number): (span: Span, at: number) => Span {
  return (span, at) => (at === 0 ? {...span, from: Math.min(span.from, asOf)} : span);
}

/** Last days of the months of which a year before is known, and the as-of day. */
function monthEnds(months: readonly {month: number}[], asOf: number): number[] {
  return months.slice(12).map(({month}) => Math.min(asOf, dayNumber(monthStart(month + 1)) - 1));
}

function customer({accounts}: RecurringData, row: number) {
  return {
    account: row,
    name: cell(accounts, "account_name", row),
    region: cell(accounts, "region", row),
    segment: cell(accounts, "segment", row),
    since: cell(accounts, "first_on", row),
    ends: cell(accounts, "next_end_on", row)
  };
}

function contractRow({data, asOf}: Moved, on: DueOn, row: number) {
  const {contracts} = data;
  const end = dayAt(contracts, "ends_on", row)!;
  return {
    customer: cell(data.accounts, "account_name", numberAt(contracts, "account", row)!),
    arr: centsAt(contracts, "arr", row)! / 100,
    ends: isoDay(end),
    days: end - asOf,
    product: cell(contracts, "product", row),
    contract: cell(contracts, "subscription_id", row),
    region: cell(contracts, "region", row),
    segment: cell(contracts, "segment", row),
    state: dueState(contracts, row, on),
    deal: cell(contracts, "renewal_deal", row),
    owner: cell(contracts, "renewal_owner", row),
    closes: cell(contracts, "renewal_close_on", row)
  };
}

/** A contract that came to its end. */
function decidedRow({data}: Moved, row: number) {
  const {contracts} = data;
  return {
    customer: cell(data.accounts, "account_name", numberAt(contracts, "account", row)!),
    arr: centsAt(contracts, "arr", row)! / 100,
    renewed: (centsAt(contracts, "renewed_arr", row) ?? 0) / 100,
    ended: cell(contracts, "ends_on", row),
    became: cell(contracts, "end_state", row),
    product: cell(contracts, "product", row),
    contract: cell(contracts, "subscription_id", row)
  };
}

/** Contracts that end until a day, in the order of their ends. */
function dueRows(moved: Moved, on: DueOn, until: number) {
  const {data, contracts} = moved;
  return contracts
    .filter((row) => {
      const end = dayAt(data.contracts, "ends_on", row);
      return end !== null && end <= until && dueState(data.contracts, row, on) !== null;
    })
    .map((row) => contractRow(moved, on, row))
    .sort((a, b) => a.days - b.days || b.arr - a.arr);
}

function pipelineRow(pipeline: FactTable, row: number) {
  const expected = expectedCents(pipeline, row);
  return {
    deal: cell(pipeline, "deal_name", row),
    arr: centsAt(pipeline, "recurring_arr", row)! / 100,
    customer: cell(pipeline, "account_name", row),
    type: cell(pipeline, "deal_type", row),
    closes: cell(pipeline, "close_on", row),
    now: numberAt(pipeline, "chance_this", row),
    expected: expected === null ? null : expected / 100
  };
}

/** Both sides by class, and the entries to mend, the largest difference first. Filters of products and channels do not reach it. */
function ledgerOf(ledger: FactTable, filters: Filters) {
  const own = Object.fromEntries(Object.entries(filters).filter(([key]) => LEDGER_SLICES.includes(key)));
  const rows = selectRows(ledger, own);
  const classes = new Map<
    string,
    {class: string; isSettled: boolean; n: number; deal: number; contract: number}
  >();
  for (const row of rows) {
    const name = wordAt(ledger, "class", row)!;
    const found = classes.get(name) ?? {
      ...{class: name, n: 0, deal: 0, contract: 0},
      isSettled: numberAt(ledger, "is_settled", row) === 1
    };
    classes.set(name, found);
    found.n++;
    found.deal += centsAt(ledger, "deal_arr", row)!;
    found.contract += centsAt(ledger, "contract_arr", row)!;
  }
  const entries = rows.filter((row) => numberAt(ledger, "is_settled", row) !== 1);
  return {
    isCut: Object.keys(filters).some(
      (key) => !LEDGER_SLICES.includes(key) && (filters[key]?.length ?? 0) > 0
    ),
    classes: [...classes.values()].sort(
      (a, b) => Number(b.isSettled) - Number(a.isSettled) || b.deal + b.contract - a.deal - a.contract
    ),
    entries: ranked(
      entries.map((row) => ({
        deal: cell(ledger, "deal_name", row) ?? cell(ledger, "subscription_id", row),
        customer: cell(ledger, "account_name", row),
        class: cell(ledger, "class", row),
        dealArr: cell(ledger, "deal_arr", row),
        contractArr: cell(ledger, "contract_arr", row),
        difference: cell(ledger, "difference", row),
        mend: cell(ledger, "mend", row),
        owner: cell(ledger, "owner", row),
        closed: cell(ledger, "closed_on", row),
        starts: cell(ledger, "starts_on", row)
      }))
    )
  };
}

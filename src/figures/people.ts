/** Figures of the People page: how people call their deals, and when they edit them. */
import {
  type Bunching,
  type Editor,
  type EditReport,
  editDaysUntil,
  judgeEdits,
  type ReviewDay
} from "../slices/edits.js";
import {cell, type FactTable} from "../slices/facts.js";
import {type Caller, callers, type Lean, type PeopleData} from "../slices/people.js";
import {rateInterval} from "../slices/rateInterval.js";
import {groupRows, selectRows} from "../slices/select.js";
import type {ShrunkenRate} from "../slices/shrunkenRates.js";
import {joinedTo} from "./joined.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";

/** What is said of a shrunken rate. */
export type ShownRate = Pick<ShrunkenRate, "rate" | "lo95" | "hi95" | "trials">;

/** People drawn at most, half at each end. */
const MOST_JUDGED = 400;
/** Days of editing below which a share of eves says nothing. */
const FEW_DAYS = 5;

const RATES = ["late", "slipped", "lateAdds", "called", "monthEnds", "round"] as const;

export type CallerRow = Omit<Caller, (typeof RATES)[number]> &
  Record<(typeof RATES)[number], ShownRate | null>;

/** A person with enough won deals: the share of them that came late. */
export interface Judged {
  label: string;
  rate: number;
  lo: number;
  hi: number;
  n: number;
}

/** A share of deals; null of none. */
export interface Share {
  value: number | null;
  n: number;
}

/** With the deals that are counted, each once. */
export interface CountedShare extends Share {
  deals: DealList;
}

export const peoplePage = {
  page: "people",
  kinds: ["deals", "people"],
  pastKinds: ["edit_days"],
  still: (asked: Asked) => {
    const {site, files, chosen} = asked;
    const raw: PeopleData = files["people"];
    const isToday = chosen.asOf === site.asOf;
    const said = saidOf(asked);
    const {calls, first, callRows, firstRows} = said;
    const edits = isToday ? raw.edits : editsUntil(files["edit_days"] as FactTable | null, chosen.day);
    const owners = chosen.filters["owner"] ?? [];
    const people = callers({calls, first, edits: edits ?? raw.edits}, callRows, firstRows);
    const n = (lean: Lean) => people.filter((each) => each.lean === lean).length;
    return {
      leans: {early: n("happy ears"), late: n("sandbagging"), unknown: n("not enough data")},
      middle: people[0]?.middle ?? null,
      judged: judgedOf(people),
      people: ranked(people.map(shown)) satisfies Ranked<CallerRow>,
      ...sharesOf(said),
      /** Of the amounts that were signed, those that are round. */
      signedRound: share(
        firstRows.filter((row) => cell(first, "is_won_round", row) !== null),
        (row) => cell(first, "is_won_round", row) === 1
      ),
      /** Null of a past day where the days of edits are not among the page's files. */
      edits: edits
        ? editsOf(
            edits.review,
            edits.people.filter(({actor}) => owners.length === 0 || owners.includes(actor))
          )
        : null
    };
  },
  cut: (asked: Asked) => ({
    bySlice: ranked(asked.chosen.cut ? slicesOf(saidOf(asked), asked.chosen.cut.key) : [])
  })
} satisfies PageFigures<object, object, object>;

export type PeopleFigures = ReturnType<typeof peoplePage.still> & ReturnType<typeof peoplePage.cut>;

/** What was called and first said of the selection, as far as what came of it was known on the day. */
interface SaidOf {
  calls: FactTable;
  first: FactTable;
  callRows: readonly number[];
  firstRows: readonly number[];
}

/** The four shares of a slice. */
export interface PeopleSlice {
  value: string;
  lateWins: CountedShare;
  slipped: Share;
  lateAdds: Share;
  calledWon: Share;
}

/** Worked out once for each filters and day. */
const saidKnown = new WeakMap<object, Map<string, SaidOf>>();

function saidOf({site, facts, files, chosen}: Asked): SaidOf {
  const byDay = saidKnown.get(chosen.filters) ?? new Map<string, SaidOf>();
  saidKnown.set(chosen.filters, byDay);
  const known = byDay.get(chosen.asOf);
  if (known) return known;
  const deals = facts["deals"]!;
  const raw: PeopleData = files["people"];
  const isToday = chosen.asOf === site.asOf;
  const [calls, first] = [joinedTo(deals, raw.calls), joinedTo(deals, raw.first)];
  // What came of a quarter's calls is known at its end, of a deal's first date when it was won.
  const ended = new Set(site.quarters.filter(({to}) => to <= chosen.asOf).map(({from}) => from));
  const found = {
    calls,
    first,
    callRows: selectRows(calls, chosen.filters).filter(
      (row) => isToday || ended.has(String(cell(calls, "quarter_starts_on", row)))
    ),
    firstRows: selectRows(first, chosen.filters).filter(
      (row) => isToday || String(cell(first, "closed_on", row)) <= chosen.asOf
    )
  };
  byDay.set(chosen.asOf, found);
  return found;
}

/** Won late, slipped, late adds, called and won, each with its deals. */
function sharesOf({calls, first, callRows, firstRows}: SaidOf) {
  const dealsOf = (table: FactTable) => (rows: readonly number[]) =>
    dealList(new Set(rows.map((row) => Number(cell(table, "deal", row)))));
  const [calledDeals, firstDeals] = [dealsOf(calls), dealsOf(first)];
  const result = (row: number) => cell(calls, "result", row);
  const due = callRows.filter((row) => cell(calls, "was_due", row) === 1);
  const won = callRows.filter((row) => result(row) === "won");
  const called = due.filter((row) =>
    ["commit", "best_case"].includes(String(cell(calls, "category_then", row)))
  );
  return {
    lateWins: shareOf(firstRows, (row) => Number(cell(first, "days_late", row)) > 0, firstDeals),
    slipped: shareOf(due, (row) => result(row) === "slipped", calledDeals),
    lateAdds: shareOf(won, (row) => cell(calls, "was_due", row) !== 1, calledDeals),
    calledWon: shareOf(called, (row) => result(row) === "won", calledDeals)
  };
}

/** The same of each value of a dimension, those with most won deals first. */
function slicesOf(said: SaidOf, key: string): PeopleSlice[] {
  const firsts = groupRows(said.first, said.firstRows, key);
  const calls = groupRows(said.calls, said.callRows, key);
  const only = ({value, n}: Share): Share => ({value, n});
  return [...new Set([...firsts.keys(), ...calls.keys()])]
    .map((value): PeopleSlice => {
      const rows = {callRows: calls.get(value) ?? [], firstRows: firsts.get(value) ?? []};
      const {lateWins, slipped, lateAdds, calledWon} = sharesOf({...said, ...rows});
      return {
        ...{value, lateWins},
        ...{slipped: only(slipped), lateAdds: only(lateAdds), calledWon: only(calledWon)}
      };
    })
    .sort((a, b) => b.lateWins.n - a.lateWins.n || b.slipped.n - a.slipped.n || (a.value < b.value ? -1 : 1));
}

/** Worked out once a day. */
const judgedOn = new WeakMap<FactTable, Map<number, EditReport>>();

function editsUntil(days: FactTable | null, day: number): EditReport | null {
  if (!days) return null;
  const byDay = judgedOn.get(days) ?? new Map<number, EditReport>();
  judgedOn.set(days, byDay);
  const found = byDay.get(day) ?? judgeEdits(editDaysUntil(days, day));
  byDay.set(day, found);
  return found;
}

/** People with enough won deals; of very many the ends of the scale. */
function judgedOf(people: readonly Caller[]): {n: number; ends: Judged[]} {
  const all = people.flatMap(({owner, late, lean}): Judged[] =>
    late === null || lean === "not enough data"
      ? []
      : [{label: owner, rate: late.rate, lo: late.lo95, hi: late.hi95, n: late.trials}]
  );
  if (all.length <= MOST_JUDGED) return {n: all.length, ends: all};
  const sorted = [...all].sort((a, b) => b.rate - a.rate);
  const half = MOST_JUDGED / 2;
  return {n: all.length, ends: [...sorted.slice(0, half), ...sorted.slice(-half)]};
}

/** When people edit: how many do so in a way that stands out, those who edit most on eves, and everybody. */
function editsOf(review: ReviewDay | null, people: readonly Editor[]) {
  const more = (of: (editor: Editor) => Bunching | null) =>
    people.filter((each) => of(each)?.verdict === "more than chance").length;
  const eves = people.flatMap(({actor, eve}) => {
    if (!eve || eve.of < FEW_DAYS) return [];
    const {lo = null, hi = null} = rateInterval(eve.days, eve.of) ?? {};
    return [{label: actor, rate: eve.days / eve.of, lo, hi, n: eve.of}];
  });
  return {
    review,
    nBulk: people.filter(({isBulk}) => isBulk).length,
    onEves: more(({eve}) => eve),
    atQuarterEnds: more(({quarterEnd}) => quarterEnd),
    chance: people.find(({eve}) => eve)?.eve?.chance ?? null,
    eves: ranked(eves.sort((a, b) => b.rate - a.rate)),
    people: ranked(people)
  };
}

function share(rows: readonly number[], hit: (row: number) => boolean): Share {
  return {value: rows.length > 0 ? rows.filter(hit).length / rows.length : null, n: rows.length};
}

/** A share with the deals it counts. */
function shareOf(
  rows: readonly number[],
  hit: (row: number) => boolean,
  dealsOf: (rows: readonly number[]) => DealList
): CountedShare {
  return {...share(rows, hit), deals: dealsOf(rows.filter(hit))};
}

function shown(caller: Caller): CallerRow {
  const rates = RATES.map((key) => {
    const {rate, lo95, hi95, trials} = caller[key] ?? {};
    return [key, rate === undefined ? null : {rate, lo95, hi95, trials}];
  });
  return {...caller, ...Object.fromEntries(rates)};
}

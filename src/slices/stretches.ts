/**
 * The life of deals as stretches of days: what the time machine knows, small enough for the browser. A row holds from its
 * first day until the deal's next row; the last one lasts.
 */
import {dayNumber, type FactColumn, type FactTable} from "./facts.js";
import {type Filters, NONE} from "./select.js";

export type Status = "open" | "won" | "lost" | "deleted";

/** What a deal is at the end of a day. Cents are of base currency; `own` are of its own, null when that is the same. */
export interface State {
  row: number;
  fromOn: number;
  status: Status;
  /** The status before this one; null for the first. */
  cameFrom: Status | null;
  stage: string | null;
  dueOn: number | null;
  cents: number;
  own: number | null;
  currency: number | null;
  /** Of a won deal whose amount was changed after it was won: the day, and its cents since; else null. */
  correctedOn: number | null;
  correctedCents: number | null;
  /** It passes the filters that a deal's history answers: owner, team, pipeline. */
  isMine: boolean;
}

/** One deal with its states in order of time. */
export interface DealLife {
  /** Row of the deal in the table of deals. */
  deal: number;
  states: State[];
}

/** Filters whose answer changes over a deal's life. */
export const DATED_FILTERS = ["owner", "team", "pipeline"];

/**
 * The lives of the deals that pass the filters.
 * @param stretches ordered by deal and day, with columns deal, from_on, status, stage, owner, team, pipeline, due_on,
 *   amount; own_amount and currency_code where changes of rates are told apart, corrected_on and corrected_amount where what is won counts
 * @param deals what the other filters are asked of
 */
export function dealLives(stretches: FactTable, deals: FactTable, filters: Filters = {}): DealLife[] {
  const dealOf = numbers(stretches, "deal");
  const fromOn = numbers(stretches, "from_on");
  const dueOn = numbers(stretches, "due_on");
  const cents = numbers(stretches, "amount");
  const currency = "currency_code" in stretches.columns ? keys(stretches, "currency_code").codes : [];
  const optional = (name: string) => (name in stretches.columns ? numbers(stretches, name) : []);
  const own = optional("own_amount");
  const correctedOn = optional("corrected_on");
  const corrected = optional("corrected_amount");
  const status = keys(stretches, "status");
  const stage = keys(stretches, "stage");
  const isWanted = tester(deals, filters, (key) => !DATED_FILTERS.includes(key));
  const isMine = tester(stretches, filters, (key) => DATED_FILTERS.includes(key));
  const lives: DealLife[] = [];
  let life: DealLife | undefined;
  let isTaken = false;
  for (let row = 0; row < stretches.n; row++) {
    const deal = dealOf[row]!;
    if (life?.deal !== deal) {
      life = {deal, states: []};
      isTaken = isWanted(deal);
      if (isTaken) lives.push(life);
    }
    if (!isTaken) continue;
    const stageCode = stage.codes[row] ?? null;
    life.states.push({
      row,
      fromOn: fromOn[row]!,
      status: status.words[status.codes[row]!] as Status,
      cameFrom: life.states.at(-1)?.status ?? null,
      stage: stageCode === null ? null : stage.words[stageCode]!,
      dueOn: dueOn[row] ?? null,
      cents: cents[row] ?? 0,
      own: own[row] ?? null,
      currency: currency[row] ?? null,
      correctedOn: correctedOn[row] ?? null,
      correctedCents: corrected[row] ?? null,
      isMine: isMine(row)
    });
  }
  return lives;
}

/**
 * The lives cut by a dimension: one list a value, rows without one under "(none)". Where the answer changes over a deal's life
 * (owner, team, pipeline) a deal is in the list of each value it ever had, and is the slice's while it has it; so what is in
 * the slices on any day adds up to the whole.
 */
export function cutLives(
  lives: readonly DealLife[],
  {stretches, deals}: {stretches: FactTable; deals: FactTable},
  key: string
): Map<string, DealLife[]> {
  const isDated = DATED_FILTERS.includes(key);
  const {words, codes} = keys(isDated ? stretches : deals, key);
  const cut = new Map<string, DealLife[]>();
  const put = (code: number | null, life: DealLife) => {
    const word = code === null ? NONE : words[code]!;
    const list = cut.get(word);
    if (list) list.push(life);
    else cut.set(word, [life]);
  };
  for (const life of lives) {
    const {deal, states} = life;
    if (!isDated) {
      put(codes[deal] ?? null, life);
      continue;
    }
    const codeOf = ({row}: State) => codes[row] ?? null;
    const had = [...new Set(states.map(codeOf))];
    if (had.length === 1) put(had[0]!, life);
    else
      for (const code of had)
        put(code, {
          deal,
          states: states.map((state) => ({...state, isMine: state.isMine && codeOf(state) === code}))
        });
  }
  return cut;
}

/** The state at the end of a day; null before the deal was created. */
export function stateOn({states}: DealLife, day: number): State | null {
  let [low, high] = [0, states.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (states[middle]!.fromOn <= day) low = middle + 1;
    else high = middle;
  }
  return states[low - 1] ?? null;
}

/** First and last day as day numbers, both included. */
export interface DaySpan {
  from: number;
  to: number;
}

export function daySpan({from, to}: {from: string; to: string}): DaySpan {
  return {from: dayNumber(from), to: dayNumber(to)};
}

/** A test of rows by the filters on key columns of the table that `asks` takes. */
function tester(
  table: FactTable,
  filters: Filters,
  asks: (key: string) => boolean
): (row: number) => boolean {
  const tests = Object.entries(filters).flatMap(([key, values]) => {
    const column = table.columns[key];
    if (values.length === 0 || !asks(key) || column?.kind !== "key") return [];
    const wanted = new Set<number | null>(
      values.map((value) => (value === NONE ? null : column.words.indexOf(value)))
    );
    return [(row: number) => wanted.has(column.codes[row] ?? null)];
  });
  return (row) => tests.every((test) => test(row));
}

function numbers(table: FactTable, name: string): readonly (number | null)[] {
  const column = table.columns[name];
  if (column?.kind === "number" || column?.kind === "cents" || column?.kind === "day") return column.values;
  throw new Error(`${name} is not a column of numbers`);
}

function keys(table: FactTable, name: string): FactColumn & {kind: "key"} {
  const column = table.columns[name];
  if (column?.kind !== "key") throw new Error(`${name} is not a column of words`);
  return column;
}

/**
 * What a deal looks like on a day, as indicator features of its chance to close in each of the weeks that follow. Bands
 * are fixed; words that few deals have are one level, "other".
 */
import {weeksToQuarterEnd} from "../history/calendar.ts";
import {CATEGORIES, NO_DAY, OPEN, type PipelineHistory} from "../history/pipelineHistory.ts";
import {asIs, band, bandWords, inBands} from "./featureBands.ts";
import {type Add, featuresOf, type GroupCode, type LevelCode} from "./featureWriters.ts";
import {filledLate} from "./filledLate.ts";

/** A group of features of which a deal has exactly one, or none. */
export interface FeatureGroup {
  name: string;
  /** What a reader sees for each level. */
  levels: readonly string[];
  /** The same where a level's own name would mislead; `levels` when absent. */
  told?: readonly string[];
  /** Index of its first level among all features. */
  offset: number;
  ridge: number;
  /** Penalty on the difference of neighbouring levels; 0 when their order means nothing. */
  smooth: number;
  /** Levels in a row before the order starts anew (stage by stage); all of them when absent. */
  run?: number;
  /**
   * Not pooled by what the data say: all deals share the calendar, so that thousands of them in one week are one case,
   * which the likelihood does not know.
   */
  isFixed?: boolean;
  /** Its levels told more coarsely, for effects of two groups together; a group without is never paired. */
  coarse?: {name: string; levels: readonly string[]; of: Int32Array};
}

export interface DealFeatures {
  groups: readonly FeatureGroup[];
  /** Groups that are told together too, by their names; the last groups are theirs, in this order. */
  pairs: readonly (readonly [string, string])[];
  /** Number of features, the constant (index 0) included. */
  size: number;
  /** Writes the features of week k (1 = the next seven days) of a deal in a state on a day; `out` holds `width` of them. */
  write(out: Int32Array, at: number, state: DealState, week: number): void;
  /** The same where those of another week of the state stand there: what a week does not change is not looked at again. */
  writeWeek(out: Int32Array, at: number, state: DealState, week: number): void;
  /** The same where those of this week stand there, of a state all of whose days were as many days earlier or later: only the calendar tells them apart. */
  writeMoved(out: Int32Array, at: number, state: DealState, week: number): void;
  width: number;
}

/**
 * A deal on a day: all that {@link DealFeatures} needs to know of it, so that a model fitted on one history can be asked
 * about deals of another cut of the same history.
 */
export interface DealState {
  /** Index of the deal and of its state in the history it was taken from. */
  deal: number;
  span: number;
  /** Codes as the history has them; -1 when unknown. Attributes in the history's order. */
  stage: number;
  owner: number;
  category: number;
  attributes: Int32Array;
  /** Stated amount, base currency; NaN when unknown. */
  amount: number;
  /** The day it is seen; week 1 begins the day after. */
  day: number;
  /** Day its age counts from. */
  bornOn: number;
  /** Days in the present stage; -1 when not known. */
  stageDays: number;
  nPushes: number;
  /** Stated close date, NO_DAY when none. */
  closeOn: number;
}

const AGE_WEEKS = [1, 2, 4, 6, 8, 11, 14, 18, 24, 36, 52, 78];
const AGE_PARTS = [2, 6, 11, 18, 36];
const YOUTH_WEEKS = [3, 9];
const YOUTH = ["in its first 3 weeks", "3 to 9 weeks old", "over 9 weeks old"];
const YOUNG_DAYS = [2, 14, 42];
const YOUNG = ["new", "up to 2 weeks old", "2 to 6 weeks old", "over 6 weeks old"];
const STAGE_DAYS = [7, 14, 28, 56, 112];
const HORIZON_WEEKS = [1, 2, 4, 8, 13];
const DUE_WEEKS = [-8, -4, -2, -1, 0, 1, 4, 8];
const PUSHES = ["never", "once", "twice", "three times or more"];
const FIFTHS = [
  "the smallest fifth",
  "the second fifth",
  "the middle fifth",
  "the fourth fifth",
  "the largest fifth",
  "no amount"
];
const DUE_PARTS = [
  "no date",
  "more than 8 weeks before its date",
  "2 to 8 weeks before its date",
  "within two weeks of its date",
  "1 to 4 weeks past its date",
  "more than 4 weeks past its date"
];
const FEW = 8;
const MOST_WORDS = 40;

/**
 * Decides the features from what is known of a history.
 * @param open states on which the model will be fitted: for the bands of amounts and to see which words are common
 */
export function dealFeatures(history: PipelineHistory, open: readonly DealState[]): DealFeatures {
  const groups: FeatureGroup[] = [];
  const codesOf: GroupCode[] = [];
  let size = 1;
  const add: Add = (group, code, changes) => {
    if (group.levels.length < 2) return;
    groups.push({...group, offset: size});
    codesOf.push({code, changes});
    size += group.levels.length;
  };
  const stages = history.stages.filter(({kind}) => kind === "open");
  const stageNames = [...stages.map(({name}) => name), "stage not known"];
  const stageCode = history.stages.map(({id}) => stages.findIndex((stage) => stage.id === id));
  const stageOf = ({stage}: DealState) => {
    const code = stageCode[stage] ?? -1;
    return code < 0 ? stages.length : code;
  };
  add(
    {name: "Stage", levels: stageNames, ridge: 1, smooth: 0, ...asIs("Stage", stageNames)},
    stageOf,
    "never"
  );
  add(
    {
      name: "Weeks ahead",
      ...inBands("Weeks ahead", HORIZON_WEEKS, "weeks", [2, 4, 8, 13], stageNames.length),
      levels: stageNames.flatMap((name) =>
        bandWords(HORIZON_WEEKS, "weeks").map((words) => `${name}, ${words} ahead`)
      ),
      ridge: 1,
      smooth: 4,
      run: HORIZON_WEEKS.length + 1
    },
    (state, week) => stageOf(state) * (HORIZON_WEEKS.length + 1) + band(week, HORIZON_WEEKS),
    "weekly"
  );
  // What all stages share is hardly pooled: drawn to one chance for every week ahead, near weeks were told too much and far ones too little.
  add(
    {name: "Weeks ahead of any stage", levels: bandWords(HORIZON_WEEKS, "weeks"), ridge: 0.02, smooth: 1},
    (_, week) => band(week, HORIZON_WEEKS),
    "weekly"
  );
  // A new deal is won by its own clock: those of the same stage and age later on are what is left of like ones.
  add(
    {
      name: "Weeks ahead by age",
      levels: YOUNG.flatMap((young) =>
        bandWords(HORIZON_WEEKS, "weeks").map((words) => `${young}, ${words} ahead`)
      ),
      ridge: 0.5,
      smooth: 1,
      run: HORIZON_WEEKS.length + 1
    },
    ({day, bornOn}, week) =>
      band(day - bornOn, YOUNG_DAYS) * (HORIZON_WEEKS.length + 1) + band(week, HORIZON_WEEKS),
    "weekly"
  );
  if (
    open.some(({stageDays}) => stageDays >= 0) &&
    open.some(({day, stageDays, bornOn}) => day - bornOn !== stageDays)
  )
    add(
      {
        name: "Time in stage",
        ...inBands("Days in stage", STAGE_DAYS, "days", [14, 28, 56, 112], stageNames.length),
        levels: stageNames.flatMap((name) =>
          bandWords(STAGE_DAYS, "days").map((words) => `${words} in ${name}`)
        ),
        ridge: 1,
        smooth: 4,
        run: STAGE_DAYS.length + 1
      },
      (state) => stageOf(state) * (STAGE_DAYS.length + 1) + band(Math.max(0, state.stageDays), STAGE_DAYS),
      "never"
    );
  add(
    {
      name: "Age",
      levels: bandWords(AGE_WEEKS, "weeks"),
      ridge: 0.02,
      smooth: 2,
      ...inBands("Age", AGE_WEEKS, "weeks", AGE_PARTS)
    },
    ({day, bornOn}, week) => band((day + 7 * week - 3 - bornOn) / 7, AGE_WEEKS),
    "weekly"
  );
  const quarterWeeks = Array.from({length: 14}, (_, w) =>
    w === 0 ? "last week of the quarter" : `${w} weeks before the quarter's last`
  );
  const inQuarter = quarterWeek(history.firstMonth);
  add(
    {name: "Week of the quarter", levels: quarterWeeks, ridge: 0.5, smooth: 3, isFixed: true},
    inQuarter,
    "with the calendar"
  );
  // The rush before a quarter's end is of deals that were already there; fresh ones follow their own clock.
  add(
    {
      name: "Week of the quarter by age",
      levels: YOUTH.flatMap((youth) => quarterWeeks.map((words) => `${youth}, ${words}`)),
      ridge: 0.5,
      smooth: 3,
      run: quarterWeeks.length,
      isFixed: true
    },
    (state, week) =>
      band((state.day + 7 * week - 3 - state.bornOn) / 7, YOUTH_WEEKS) * quarterWeeks.length +
      inQuarter(state, week),
    "with the calendar"
  );
  if (open.some(({closeOn}) => closeOn !== NO_DAY))
    add(
      {
        name: "Stated close date",
        levels: ["no date", ...dueWords()],
        ridge: 1,
        smooth: 1,
        coarse: {
          name: "Stated close date",
          levels: DUE_PARTS,
          of: Int32Array.of(0, 1, 2, 2, 3, 3, 3, 4, 5, 5)
        }
      },
      ({day, closeOn}, week) =>
        closeOn === NO_DAY ? 0 : 1 + band((day + 7 * week - 3 - closeOn) / 7 - 0.5, DUE_WEEKS),
      "weekly"
    );
  add(
    {
      name: "Times its date was moved out",
      levels: PUSHES,
      ridge: 1,
      smooth: 2,
      ...asIs("Times its date was moved out", PUSHES)
    },
    ({nPushes}) => Math.min(3, nPushes),
    "never"
  );
  addAmount(open, add);
  if (open.some(({category}) => category >= 0))
    add(
      {
        name: "Forecast category",
        levels: [...CATEGORIES, "no category"],
        ridge: 2,
        smooth: 0,
        ...asIs("Forecast category", [...CATEGORIES, "no category"])
      },
      ({category}) => (category < 0 ? CATEGORIES.length : category),
      "never"
    );
  const late = filledLate(history);
  Object.entries(history.attributes).forEach(([name, {label, words}], at) => {
    if (late.has(name)) return;
    // Columns of many words are pooled more strongly.
    addWords(label, words, ({attributes}) => attributes[at]!, words.length > 12 ? 12 : 3, open, add);
  });
  addWords("Owner", history.owners, ({owner}) => owner, 12, open, add);
  return featuresOf(groups, size, codesOf);
}

function quarterWeek(firstMonth: number): LevelCode {
  const known = new Map<number, number>();
  // Two groups ask for it one after the other.
  let [last, code] = [Number.NaN, 0];
  return ({day}, week) => {
    const middle = day + 7 * week - 3;
    if (middle === last) return code;
    last = middle;
    const found = known.get(middle);
    code = found ?? Math.min(13, weeksToQuarterEnd(middle, firstMonth));
    if (found === undefined) known.set(middle, code);
    return code;
  };
}

function dueWords(): string[] {
  return [
    "more than 8 weeks before its date",
    "4 to 8 weeks before its date",
    "2 to 4 weeks before its date",
    "a week or two before its date",
    "in the week of its date",
    "a week past its date",
    "1 to 4 weeks past its date",
    "4 to 8 weeks past its date",
    "more than 8 weeks past its date"
  ];
}

/** Fifths of the stated amounts, or its absence; and age by fifth, for large deals take longer. */
function addAmount(open: readonly DealState[], add: Add): void {
  const known = open
    .map(({amount}) => amount)
    .filter((amount) => !Number.isNaN(amount))
    .sort((a, b) => a - b);
  if (known.length < 20) return;
  const cuts = [0.2, 0.4, 0.6, 0.8].map((level) => known[Math.floor(level * (known.length - 1))]!);
  const fifthOf = ({amount}: DealState) => (Number.isNaN(amount) ? 5 : band(amount, cuts));
  add({name: "Amount", levels: FIFTHS, ridge: 1, smooth: 1, ...asIs("Amount", FIFTHS)}, fifthOf, "never");
  const ages = bandWords(AGE_PARTS, "weeks");
  const levels = FIFTHS.flatMap((fifth) => ages.map((age) => `${fifth}, ${age}`));
  add(
    {name: "Age by amount", levels, ridge: 1, smooth: 1, run: ages.length},
    (state, week) => {
      const age = band((state.day + 7 * week - 3 - state.bornOn) / 7, AGE_PARTS);
      return fifthOf(state) * ages.length + age;
    },
    "weekly"
  );
}

/** Adds words as levels, those of few deals as one; none with fewer than two that are common. @param most levels, the commonest */
export function addWords(
  name: string,
  words: readonly string[],
  codeOf: (state: DealState) => number,
  ridge: number,
  open: readonly DealState[],
  add: Add,
  most = MOST_WORDS
): void {
  const deals = words.map(() => new Set<number>());
  for (const state of open) deals[codeOf(state)]?.add(state.deal);
  const common = words
    .map((word, code) => ({word, code, n: deals[code]!.size}))
    .filter(({n}) => n >= FEW)
    .sort((a, b) => b.n - a.n || a.code - b.code)
    .slice(0, most);
  if (common.length < 2) return;
  const levelOf = new Int32Array(words.length).fill(common.length);
  common.forEach(({code}, level) => {
    levelOf[code] = level;
  });
  const levels = [...common.map(({word}) => word), "other or none"];
  const levelIn = (state: DealState) => {
    const code = codeOf(state);
    return code < 0 ? common.length : levelOf[code]!;
  };
  add({name, levels, ridge, smooth: 0, ...asIs(name, levels)}, levelIn, "never");
}

/** The state of a deal on a day it is open, or null when it is not. */
export function stateOn(history: PipelineHistory, deal: number, span: number, day: number): DealState | null {
  if (span < 0 || history.outcome[span] !== OPEN) return null;
  const first = history.spanStart[deal]!;
  let entered = span;
  while (entered > first && history.stage[entered - 1] === history.stage[span]) entered--;
  let nPushes = 0;
  for (let s = first + 1; s <= span; s++) {
    const [before, after] = [history.closeOn[s - 1]!, history.closeOn[s]!];
    // A push is a move to a later month; a month is taken as 28 days so that no calendar is needed.
    if (before !== NO_DAY && after !== NO_DAY && after - before >= 28) nPushes++;
  }
  const columns = Object.values(history.attributes);
  return {
    deal,
    span,
    stage: history.stage[span]!,
    owner: history.owner[span]!,
    category: history.category[span]!,
    attributes: Int32Array.from(columns, ({codes}) => codes[deal]!),
    amount: history.amount[span]!,
    day,
    bornOn: history.createdOn[deal]!,
    stageDays: history.stage[span]! < 0 ? -1 : day - history.from[entered]!,
    nPushes,
    closeOn: history.closeOn[span]!
  };
}

/**
 * The pipeline of a large firm as a history, made by hand of chance straight into typed arrays: four open stages, dates that are
 * pushed, some 700 owners, 125 partners and six columns of words. Seeded deal by deal; about a tenth of all deals are open at the end.
 */
import {
  CATEGORIES,
  type CodedColumn,
  LOST,
  NO_DAY,
  OPEN,
  type PipelineHistory,
  type StageInfo,
  WON
} from "../loaders/forecast/history/pipelineHistory.ts";
import {Rng} from "../loaders/twins/random/rng.ts";

const FIRST = 18_000;
const STAGES: readonly StageInfo[] = [
  {id: "p/1", name: "Discovery", order: 1, kind: "open", probability: 0.1},
  {id: "p/2", name: "Solution", order: 2, kind: "open", probability: 0.3},
  {id: "p/3", name: "Proposal", order: 3, kind: "open", probability: 0.5},
  {id: "p/4", name: "Negotiation", order: 4, kind: "open", probability: 0.75},
  {id: "p/w", name: "Won", order: 5, kind: "won", probability: 1},
  {id: "p/l", name: "Lost", order: 6, kind: "lost", probability: 0}
];
const CATEGORY_OF = ["pipeline", "pipeline", "best_case", "commit", "closed", "omitted"].map((name) =>
  (CATEGORIES as readonly string[]).indexOf(name)
);
/** Words of each column, and the share of deals that have none. */
const COLUMNS = {
  deal_type: {label: "Deal type", words: 3, none: 0},
  lead_source: {label: "Lead source", words: 8, none: 0.1},
  partner: {label: "Partner", words: 125, none: 0.6},
  product: {label: "Product", words: 30, none: 0.05},
  region: {label: "Region", words: 6, none: 0},
  industry: {label: "Industry", words: 12, none: 0.1}
} as const;
const OWNERS = 720;
/** Spans that one deal may have at most. */
const MOST_SPANS = 24;

/** A history of so many deals created over so many days. */
export function largePipeline(nDeals: number, seed = 1, days = 1_300): PipelineHistory {
  const room = 8 * nDeals + MOST_SPANS;
  const spans = {
    from: new Int32Array(room),
    outcome: new Uint8Array(room),
    stage: new Int32Array(room),
    amount: new Float64Array(room),
    closeOn: new Int32Array(room),
    owner: new Int32Array(room),
    category: new Int32Array(room)
  };
  const spanStart = new Int32Array(nDeals + 1);
  const createdOn = new Int32Array(nDeals);
  const columns = Object.values(COLUMNS).map(() => new Int32Array(nDeals));
  const effects = Object.values(COLUMNS).map(({words}, c) => {
    const drawn = new Rng().seed(seed, 31, c);
    return Float64Array.from({length: words}, () => 0.3 * drawn.normal());
  });
  const rng = new Rng();
  let n = 0;
  for (let d = 0; d < nDeals; d++) {
    rng.seed(seed, 32, d);
    let day = FIRST + Math.floor((d / nDeals) * days);
    createdOn[d] = day;
    let lift = 0;
    Object.values(COLUMNS).forEach(({words, none}, c) => {
      const code = rng.chance(none) ? -1 : rng.int(words);
      columns[c]![d] = code;
      lift += effects[c]![code] ?? 0;
    });
    const owner = rng.int(OWNERS);
    const never = rng.chance(0.02);
    let amount = Math.round(12_000 * Math.exp(rng.normal()));
    let closeOn = day + 50 + rng.int(90);
    let stage = 0;
    const last = n + MOST_SPANS - 1;
    const add = (outcome: number) => {
      spans.from[n] = day;
      spans.outcome[n] = outcome;
      spans.stage[n] = stage;
      spans.amount[n] = amount;
      spans.closeOn[n] = closeOn;
      spans.owner[n] = owner;
      spans.category[n++] = CATEGORY_OF[stage]!;
    };
    add(OPEN);
    while (day + 7 < FIRST + days && n < last && n < room - 1) {
      day += 1 + rng.int(13);
      if (day >= FIRST + days) break;
      if (!never && rng.chance(0.03 * Math.exp(-0.5 * lift))) {
        stage = 5;
        closeOn = day;
        add(LOST);
        break;
      }
      if (stage < 3 && rng.chance(0.22)) {
        stage++;
        if (rng.chance(0.4)) amount = Math.max(100, Math.round(amount * Math.exp(0.2 * rng.normal() - 0.03)));
        add(OPEN);
      } else if (!never && stage === 3 && rng.chance(0.11 * Math.exp(lift))) {
        stage = 4;
        closeOn = day;
        add(WON);
        break;
      } else if (day > closeOn) {
        closeOn += 30 + rng.int(40);
        add(OPEN);
      }
    }
    spanStart[d + 1] = n;
  }
  const coded = Object.entries(COLUMNS).map(([name, {label, words}], c): [string, CodedColumn] => [
    name,
    {label, words: Array.from({length: words}, (_, w) => `${label} ${w}`), codes: columns[c]!}
  ]);
  return {
    asOf: FIRST + days,
    firstMonth: 1,
    nDeals,
    dealIds: Array.from({length: nDeals}, (_, d) => `D${d}`),
    createdOn,
    attributes: Object.fromEntries(coded),
    stages: STAGES,
    owners: Array.from({length: OWNERS}, (_, o) => `Rep ${o}`),
    spanStart,
    from: spans.from.slice(0, n),
    outcome: spans.outcome.slice(0, n),
    stage: spans.stage.slice(0, n),
    amount: spans.amount.slice(0, n),
    closeOn: spans.closeOn.slice(0, n),
    owner: spans.owner.slice(0, n),
    category: spans.category.slice(0, n),
    wonOn: new Int32Array(n).fill(NO_DAY)
  };
}

/**
 * Whether the forecast is right where the truth is known: open deals' chances, the shown forecast's bands and the effects of planted
 * factors, on both twins: `npx tsx bench/forecastTruth.ts [--firms N] [--worlds N] [--keep FOLDER] [--part NAME] [--twin NAME]
 * [--write NAME]`. Bands are of
 * N firms a twin, effects of N others. With `--keep` what was judged stays in a folder, so that a run can be broken off; a part
 * (chances, bands, effects, smallEffects) or a twin is only judged into it, so that processes can share the work. Otherwise, with both numbers as they
 * are, it writes docs/forecast-truth.md; `--write` a part puts that part alone into the page.
 */
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {parseArgs} from "node:util";
import {closings, knownAt, LOST, WON} from "../loaders/forecast/history/pipelineHistory.ts";
import {FIRMS, type Firm} from "../loaders/twins/writeTwin.ts";
import {PROJECT} from "../loaders/workspace/statePaths.ts";
import {writeSection} from "./docSection.ts";
import {type Asking, askFirm, judgeBands} from "./forecastTruth/bands.ts";
import {pastDays, sayOn} from "./forecastTruth/calibration.ts";
import {effectsOf, type FirmEffects} from "./forecastTruth/effects.ts";
import {kept, keptRows} from "./forecastTruth/kept.ts";
import {type Calibrated, forecastTruthPage, SECTIONS, type Section, sectionOf} from "./forecastTruth/page.ts";
import {tellFirm} from "./forecastTruth/toldHistory.ts";

const FIRM_COUNT = "50";
const WORLD_COUNT = "12";
const {values: args} = parseArgs({
  options: {
    firms: {type: "string", default: FIRM_COUNT},
    worlds: {type: "string", default: WORLD_COUNT},
    keep: {type: "string"},
    part: {type: "string"},
    twin: {type: "string"},
    write: {type: "string"}
  }
});
/** Deals of a firm: a small one for bands, one with enough of every level for effects, and one whose effects are unsure. */
const SIZES = {bandDeals: 1000, effectDeals: 20_000, smallDeals: 2_000};
/** The last has some 50,000 closed deals on the newest day asked. */
const CALIBRATED_DEALS = [3_000, 12_000, 62_000];
const PAST_DAYS = 6;

const parts = {chances, bands, effects, smallEffects};
const PAGE = join(PROJECT, "docs", "forecast-truth.md");
const twins = FIRMS.filter((firm) => args.twin === undefined || firm === args.twin);
if (args.part || args.twin) {
  if (!args.keep) throw new Error("a part or a twin alone is judged into a folder: name it by --keep");
  for (const [name, judge] of Object.entries(parts))
    if (args.part === undefined || name === args.part) for (const firm of twins) judge(firm);
} else if (args.write) {
  const name = SECTIONS.find((each) => each === args.write);
  if (!name) throw new Error(`--write ${args.write}: there is no such part, only ${SECTIONS.join(", ")}`);
  const isMeant = (part: Section) => part === name;
  const text = sectionOf(name, {
    calibrated: isMeant("chances") ? FIRMS.flatMap(chances) : [],
    bands: isMeant("bands") ? all(bands) : new Map(),
    effects: isMeant("effects") ? all(effects) : new Map(),
    small: isMeant("effects") ? all(smallEffects) : new Map(),
    sizes: SIZES
  });
  console.log(text);
  if (args.firms === FIRM_COUNT && args.worlds === WORLD_COUNT) writeSection(PAGE, name, [text]);
} else {
  const page = forecastTruthPage({
    calibrated: FIRMS.flatMap(chances),
    bands: all(bands),
    effects: all(effects),
    small: all(smallEffects),
    sizes: SIZES
  });
  console.log(page);
  if (args.firms === FIRM_COUNT && args.worlds === WORLD_COUNT) writeFileSync(PAGE, page);
}

function all<T>(judge: (firm: Firm) => T): Map<Firm, T> {
  return new Map(FIRMS.map((firm) => [firm, judge(firm)]));
}

function chances(firm: Firm): Calibrated[] {
  return CALIBRATED_DEALS.map((deals) =>
    kept(
      `chances-${firm}-${deals}`,
      () => {
        const told = tellFirm(firm, deals, 1);
        const days = pastDays(told, PAST_DAYS);
        const {outcome} = closings(knownAt(told.history, days[0]!));
        const closed = outcome.filter((each) => each === WON || each === LOST).length;
        return {firm, closed, said: sayOn(told, days)};
      },
      args.keep
    )
  );
}

function bands(firm: Firm): Asking[][] {
  const {bandDeals} = SIZES;
  return seeds(args.firms).map((seed) =>
    judgeBands(keptRows(`${firm}-${bandDeals}-${seed}`, () => askFirm(firm, bandDeals, seed), args.keep))
  );
}

function effects(firm: Firm): FirmEffects[] {
  return effectsAt(firm, SIZES.effectDeals);
}

function smallEffects(firm: Firm): FirmEffects[] {
  return effectsAt(firm, SIZES.smallDeals);
}

function effectsAt(firm: Firm, deals: number): FirmEffects[] {
  return seeds(args.worlds).flatMap(
    (seed) =>
      kept(`effects-${firm}-${deals}-${seed}`, () => effectsOf(tellFirm(firm, deals, seed)), args.keep) ?? []
  );
}

function seeds(n: string): number[] {
  return Array.from({length: Number(n)}, (_, i) => i + 1);
}

/** What the pages of stages share: the stages, and the ways of the selection's deals. */
import {selectRows} from "../slices/select.js";
import type {SiteData} from "../slices/site.js";
import {type Ladder, laddersOf, type Path, stagePaths} from "../slices/stagePaths.js";
import type {Asked} from "./pageFigures.js";

/** Open stages in the order deals walk them: of all pipelines, and of each. */
export function openStages({site}: {site: SiteData}): {names: string[]; ladders: Ladder[]} {
  const ladders = laddersOf(site.stages);
  return {names: [...new Set(ladders.flatMap(({stages}) => stages))], ladders};
}

/** Open stages that are on no ladder, because no deal is known to have entered them on a day. */
export function undatedStages({site}: {site: SiteData}): string[] {
  const {ladders} = openStages({site});
  return site.stages.flatMap(({pipeline, stage, kind}) =>
    kind === "open" && !ladders.some((each) => each.pipeline === pipeline && each.stages.includes(stage))
      ? [stage]
      : []
  );
}

/** A stage by its name, and by its pipeline's where two have a stage of that name. */
export function stageLabel({site}: {site: SiteData}): (row: {pipeline: string; stage: string}) => string {
  return ({pipeline, stage}) =>
    site.stages.filter((each) => each.stage === stage).length > 1 ? `${stage} (${pipeline})` : stage;
}

/** Worked out once for each filters and day: all that a page asks of them. */
const known = new WeakMap<object, Map<string, Path[]>>();

/** The ways of the selection's deals as known on the day; none without a history of stages, which would tell of standing still. */
export function pathsOf({site, facts}: Pick<Asked, "site" | "facts">, filters: object, day: number): Path[] {
  if (!site.hasStageHistory) return [];
  const entries = facts["stage_entries"]!;
  const byDay = known.get(filters) ?? new Map<string, Path[]>();
  known.set(filters, byDay);
  const key = `${day} ${entries.n}`;
  const found =
    byDay.get(key) ??
    stagePaths(
      entries,
      selectRows(entries, filters as Record<string, string[]>),
      openStages({site}).ladders,
      day
    );
  byDay.set(key, found);
  return found;
}

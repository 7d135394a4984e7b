/** What audiences hide that would still be told, what they cannot hide, and what goes along with what they hide. */
import type {Problem} from "../weirError.ts";
import type {Audience} from "../workspace/audienceSchema.ts";
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {Workspace} from "../workspace/schema.ts";
import {type Allowed, allowedColumns} from "./allowedColumns.ts";
import {type ColumnName, halfHidden, hiddenAlong, toldStill} from "./sameFacts.ts";

/** Columns that cannot be hidden: a site works them out again, or cannot be made without them. */
const NOT_TO_HIDE: Partial<Record<ColumnName, {what: string; by: string; fix: string}>> = {
  "deal.outcome": {
    what: "hiding it hides nothing",
    by: "deal.stage_id, without which a site has no deals, says which are won and lost",
    fix: "take it out of hide; whoever may not know what became of deals gets only open ones: rows"
  },
  "registration.deal_id": {
    what: "hiding it hides nothing",
    by: "Weir's own matching says which deal a registration is",
    fix: "hide registration.registration_id, so that the site has no registrations"
  },
  ...noDeals("deal.deal_id"),
  ...noDeals("deal.stage_id"),
  // Where stages are told apart by their pipeline.
  ...noDeals("deal.pipeline_id"),
  ...noDay("deal.created_at", "begun"),
  ...noDay("deal.closed_at", "closed")
};

/** workspace.yaml with one of them is refused as it is read; asked of an audience that is made otherwise it is the same. */
function noDeals(column: ColumnName): typeof NOT_TO_HIDE {
  return {
    [column]: {
      what: "a site cannot be made without it",
      by: "a site is of deals, and a deal is nothing without it",
      fix: "take it out of hide"
    }
  };
}

/** The log of changes and the close date say the day too, and without any of them no page can date a deal. */
function noDay(column: ColumnName, when: string): typeof NOT_TO_HIDE {
  return {
    [column]: {
      what: "a site cannot be made without it",
      by: `by the day a deal was ${when} every page knows which deals are of a period`,
      fix: "take it out of hide; whoever may not know when deals were made gets other pages, or no site"
    }
  };
}

/** Problems of the `hide` of one audience: a column whose fact the site would tell all the same, or could not be made without. */
export function hideProblems(
  key: string,
  audience: Audience,
  {config, file}: Pick<LoadedWorkspace, "config" | "file">
): Problem[] {
  const allowed = allowedColumns({audience}, config);
  const at = (column: string) => ({
    file,
    field: `audiences.${key}.hide.${audience.hide.indexOf(column)}`,
    value: column
  });
  const half = halfHidden(audience).flatMap(({column, fact: {fact, said}}): Problem[] =>
    isIn(allowed, said[0])
      ? [
          {
            ...at(column),
            what: `${said[0]} says ${fact} too, and is published`,
            expected: `${fact} hidden wherever it stands, or said there on purpose`,
            fix: `hide ${said[0]} (what says the same goes with it), or name it under show`
          }
        ]
      : []
  );
  const needed = audience.hide.flatMap((column): Problem[] => {
    const told = NOT_TO_HIDE[column as ColumnName];
    return told === undefined
      ? []
      : [
          {
            ...at(column),
            what: told.what,
            expected: `other columns: ${told.by}`,
            fix: told.fix
          }
        ];
  });
  return [...half, ...needed];
}

/**
 * What whoever hides something should know of it, each in a sentence: what the audience does not get besides, and what tells still what
 * it hides. Only of what it would get.
 */
export function hideNotes(audience: Audience, config: Workspace): string[] {
  if (audience.hide.length === 0) return [];
  const without = allowedColumns({audience: {...audience, hide: []}}, config);
  const allowed = allowedColumns({audience}, config);
  const along = hiddenAlong(audience).filter((name) => isIn(without, name));
  const gone = [...without].filter(([table, columns]) => columns.size > 0 && allowed.get(table)!.size === 0);
  const told = new Map<string, string[]>();
  for (const {column, fact} of toldStill(audience))
    if (isIn(without, column) && isIn(allowed, fact.said[0]))
      told.set(column, [...(told.get(column) ?? []), `${fact.fact} (${fact.said[0]})`]);
  return [
    ...(along.length > 0
      ? [
          `also hidden, for it tells the same as ${audience.hide.join(", ")}: ${along.join(", ")}. What may be told name under show`
        ]
      : []),
    ...(gone.length > 0
      ? [
          `no row is left of ${gone.map(([table]) => table).join(", ")}, which is nothing without what is hidden`
        ]
      : []),
    ...[...told].map(([column, facts]) => `${column} is hidden, and published is still ${facts.join(", ")}`)
  ];
}

function isIn(allowed: Allowed, name: ColumnName | string): boolean {
  const [table, column] = name.split(".") as [CanonicalTableName, string];
  return allowed.get(table)!.has(column);
}

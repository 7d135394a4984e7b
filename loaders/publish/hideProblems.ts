/** What audiences hide that would still be told, and what goes along with what they hide. */
import type {Problem} from "../weirError.ts";
import type {Audience} from "../workspace/audienceSchema.ts";
import type {CanonicalTableName} from "../workspace/canonicalTables.ts";
import type {LoadedWorkspace} from "../workspace/loadWorkspace.ts";
import type {Workspace} from "../workspace/schema.ts";
import {allowedColumns} from "./allowedColumns.ts";
import {type ColumnName, halfHidden, hiddenAlong} from "./sameFacts.ts";

/** Columns that cannot be hidden, for a site works them out again. */
const TOLD_ANYWAY: Partial<Record<ColumnName, {by: string; fix: string}>> = {
  "deal.outcome": {
    by: "deal.stage_id, without which a site has no deals, says which are won and lost",
    fix: "take it out of hide; whoever may not know what became of deals gets only open ones: rows"
  },
  "registration.deal_id": {
    by: "Weir's own matching says which deal a registration is",
    fix: "hide registration.registration_id, so that the site has no registrations"
  }
};

/** Problems of the `hide` of one audience: a column whose fact the site would tell all the same. */
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
  const half = halfHidden(audience).flatMap(({column, fact: {fact, said}}): Problem[] => {
    const [table, name] = said[0].split(".") as [CanonicalTableName, string];
    if (!allowed.get(table)!.has(name)) return [];
    return [
      {
        ...at(column),
        what: `${said[0]} says ${fact} too, and is published`,
        expected: `${fact} hidden wherever it stands, or said there on purpose`,
        fix: `hide ${said[0]} (what says the same goes with it), or name it under show`
      }
    ];
  });
  const anyway = audience.hide.flatMap((column): Problem[] => {
    const told = TOLD_ANYWAY[column as ColumnName];
    return told === undefined
      ? []
      : [
          {
            ...at(column),
            what: "hiding it hides nothing",
            expected: `columns that nothing else tells: ${told.by}`,
            fix: told.fix
          }
        ];
  });
  return [...half, ...anyway];
}

/** What an audience does not get because it says or tells the same as what it hides, in words; null where that is nothing it would get. */
export function alongWords(audience: Audience, config: Workspace): string | null {
  const without = allowedColumns({audience: {...audience, hide: []}}, config);
  const along = hiddenAlong(audience).filter((name) => {
    const [table, column] = name.split(".") as [CanonicalTableName, string];
    return without.get(table)!.has(column);
  });
  return along.length === 0
    ? null
    : `also hidden, for it tells the same as ${audience.hide.join(", ")}: ${along.join(", ")}. What may be told name under show`;
}

/** Changes, in generated exports, what is not one partner's: amounts and quantities, and every third deal goes with all that hangs on it. */
import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {resolveFiles} from "../../loaders/sources/resolveFile.ts";
import {sourceColumns} from "../../loaders/sources/sourceTables.ts";
import {loadWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {csvText, isOwned, key, type Owned, parseCsv, placesIn} from "./plantCanaries.ts";

/** Changes them in place; returns how many records went and how many cells changed. `keep` are deals that stay. */
export function disturbOthers(
  dir: string,
  owned: Owned,
  keep: ReadonlySet<string>
): {nGone: number; nChanged: number} {
  const config = resolveFiles(loadWorkspace(dir).config);
  const dropped = new Set<string>();
  let nGone = 0;
  let nChanged = 0;
  for (const isDeals of [true, false])
    for (const file of config.files) {
      const path = join(dir, file.path);
      const [header, ...records] = parseCsv(readFileSync(path, "utf8"));
      const maps = placesIn(file, header!);
      if (maps.some(({table}) => table === "deal") !== isDeals) continue;
      const left = records.filter((record, nth) => {
        for (const {table, at} of maps) {
          const deal = key(record[at.get("deal_id") ?? -1] ?? "");
          if (deal === "" || owned.deals.has(deal) || keep.has(deal)) continue;
          if (table === "deal" && nth % 3 === 0) dropped.add(deal);
          if (dropped.has(deal)) return false;
        }
        return true;
      });
      nGone += records.length - left.length;
      for (const record of left) {
        const cell = (at: Map<string, number>) => (column: string) => key(record[at.get(column) ?? -1] ?? "");
        if (maps.some(({table, at}) => isOwned(table, cell(at), owned))) continue;
        for (const {table, at} of maps)
          for (const [column, type] of Object.entries(sourceColumns(table, config))) {
            const place = at.get(column);
            if (place === undefined || type !== "money" || !/^\d+(\.\d+)?$/.test(record[place] ?? ""))
              continue;
            record[place] = (Number(record[place]) * 1.37 + 11).toFixed(2);
            nChanged++;
          }
      }
      writeFileSync(path, csvText([header!, ...left]));
    }
  return {nGone, nChanged};
}

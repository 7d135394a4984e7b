/** What was judged before is read from a folder, so that a run can be broken off, or made by two processes. */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {hashFolders} from "../../loaders/system/fileHash.ts";
import {PROJECT} from "../../loaders/workspace/statePaths.ts";

/** What is judged: another forecast or other twins are judged anew. After a change of a judge, empty the folder. */
const JUDGED = [
  ...["backtest", "bookings", "deals", "history", "numeric", "series"].map(
    (folder) => `loaders/forecast/${folder}`
  ),
  "loaders/twins"
];
const CODE = hashFolders(PROJECT, JUDGED).slice(0, 12);

/** A plain value by its name. @param folder none: made anew */
export function kept<T>(name: string, make: () => T, folder?: string): T {
  if (!folder) return make();
  mkdirSync(folder, {recursive: true});
  const file = join(folder, `${name}-${CODE}.json`);
  if (!existsSync(file)) {
    process.stderr.write(`${name}\n`);
    writeFileSync(file, JSON.stringify(make()));
  }
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

/** Compares a file with the last good run: an export that lost half of its records is well-formed and still wrong. */
import type {Problem} from "../weirError.ts";
import type {Bounds} from "../workspace/readerFormat.ts";
import type {FileReport} from "./fileReport.ts";

/** Smaller files change by large shares every day. */
const MIN_RECORDS = 100;

/** The changes of one file that are out of bounds; none when there was no last run. */
export function changeProblems(
  now: FileReport,
  before: FileReport | undefined,
  {records_fall, records_rise, amount_fall, amount_rise}: Bounds
): Problem[] {
  if (!before || Math.max(before.n_loaded, now.n_loaded) < MIN_RECORDS) return [];
  const totals = Object.keys(now.totals).filter((column) => before.totals?.[column] !== undefined);
  return [
    outOfBounds("loaded records", before.n_loaded, now.n_loaded, records_fall, records_rise),
    ...totals.map((column) =>
      outOfBounds(
        `total of ${column}`,
        Number(before.totals[column]),
        Number(now.totals[column]),
        amount_fall,
        amount_rise
      )
    )
  ].flatMap((change) => (change ? [{...change, file: now.file, fix: advice(now.file)}] : []));
}

function outOfBounds(
  name: string,
  before: number,
  now: number,
  fall: number,
  rise: number
): Problem | undefined {
  // A total that was zero or negative has no share to rise by.
  if (before <= 0) return undefined;
  const change = now / before - 1;
  if (change >= -fall && change <= rise) return undefined;
  return {
    what: `the ${name} ${change < 0 ? "fell" : "rose"} by ${percent(Math.abs(change))} since the last run`,
    value: `${now.toLocaleString("en-US")}, was ${before.toLocaleString("en-US")}`,
    expected: `at most ${percent(change < 0 ? fall : rise)}`
  };
}

function advice(file: string): string {
  return `if the change is real, run again with --accept ${file}, or widen bounds for this file in workspace.yaml; else export again`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, "")} %`;
}

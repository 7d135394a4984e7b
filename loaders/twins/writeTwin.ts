/** The one entry: writes a synthetic firm at any size from its seed. */
import {EXIT, WeirError} from "../weirError.ts";
import {writeEquipmentTwin} from "./equipment/equipmentTwin.ts";
import type {TwinRun} from "./firm/twinRun.ts";
import {type ExportFolder, folderError, openExportFolder} from "./output/exportFolder.ts";
import {writeSoftwareTwin} from "./software/softwareTwin.ts";
import {twinWorkspace} from "./twinWorkspace.ts";

export const FIRMS = ["software", "equipment"] as const;
export type Firm = (typeof FIRMS)[number];

export interface TwinOptions {
  firm: Firm;
  /** Number of deals, 1 to 5,000,000. */
  deals: number;
  /** Non-negative integer: the same seed gives the same bytes. */
  seed: number;
  /** A folder that is empty or does not exist. */
  out: string;
  /** Called now and then with the number of deals written so far. */
  onProgress?: (nDeals: number) => void;
}

export interface TwinSummary {
  firm: Firm;
  deals: number;
  seed: number;
  out: string;
  files: {file: string; n_rows: number}[];
}

const WRITERS: Record<Firm, (run: TwinRun) => void> = {
  software: writeSoftwareTwin,
  equipment: writeEquipmentTwin
};
const MAX_DEALS = 5_000_000;

/**
 * Writes exports, a workspace.yaml that builds them, and `truth/` into `out`. When anything fails, nothing is left behind.
 * @throws {WeirError} exit 2 for an unknown firm, a bad size or seed, or a folder that cannot be written.
 */
export async function writeTwin({firm, deals, seed, out, onProgress}: TwinOptions): Promise<TwinSummary> {
  checkInteger("deals", deals, 1, MAX_DEALS);
  checkInteger("seed", seed, 0, 2 ** 32 - 1);
  const write = FIRMS.includes(firm) ? WRITERS[firm] : undefined;
  if (!write)
    throw new WeirError(`There is no twin called ${JSON.stringify(firm)}`, {
      exitCode: EXIT.config,
      problems: [{what: "unknown firm", field: "firm", value: String(firm), expected: FIRMS.join(" or ")}]
    });
  const folder: ExportFolder = openExportFolder(out);
  try {
    folder.text("workspace.yaml", twinWorkspace(firm, deals, seed));
    write({deals, seed, folder, onProgress: onProgress ?? (() => {})});
    return {firm, deals, seed, out, files: folder.finish()};
  } catch (error) {
    folder.discard();
    const isOfSystem = error instanceof Error && "syscall" in error;
    throw isOfSystem ? folderError(out, error) : error;
  }
}

function checkInteger(field: string, value: number, low: number, high: number): void {
  if (Number.isInteger(value) && value >= low && value <= high) return;
  throw new WeirError(`A twin cannot be made with ${field} ${value}`, {
    exitCode: EXIT.config,
    problems: [
      {
        what: "the number is out of range",
        field,
        value: String(value),
        expected: `a whole number from ${low} to ${high.toLocaleString("en-US")}`
      }
    ]
  });
}

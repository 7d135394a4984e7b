import type {ExportFolder} from "../output/exportFolder.ts";

/** What a firm is written with. */
export interface TwinRun {
  deals: number;
  seed: number;
  folder: ExportFolder;
  /** Called now and then with the number of deals written so far. */
  onProgress(nDeals: number): void;
}

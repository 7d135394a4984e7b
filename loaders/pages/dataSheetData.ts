/** The data sheet of a synthetic workspace, from the same numbers that its twin is drawn from. */
import type {DataSheet} from "../../src/slices/dataSheet.ts";
import type {Engine} from "../engine/engine.ts";
import {twinDataSheet} from "../twins/dataSheet.ts";
import type {Firm} from "../twins/writeTwin.ts";

/** The sheet of the firm that workspace.yaml names; empty for data that no twin made. */
export async function dataSheetData(engine: Engine): Promise<DataSheet> {
  const [run] = await engine.rows<{twin: Firm | null}>("select twin from workspace.run");
  return run?.twin ? twinDataSheet(run.twin) : {firm: null, planted: [], notPlanted: []};
}

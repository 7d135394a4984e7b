/** What the What-if page of a large firm fetches when a question asks for it. */
import {takeApart} from "../../src/scenario/apart.ts";
import {partWriter, type WrittenPart} from "../pages/parts/partWriter.ts";
import {readScenarioData} from "./buildScenario.ts";

/** Writes the parts of a warehouse's scenario input under `folder`; none where there is no forecast. */
export function writeScenarioParts(
  warehouse: string,
  folder: string,
  onPart?: (file: string) => void
): WrittenPart[] {
  const {input} = readScenarioData(warehouse);
  const {write, written} = partWriter(folder, onPart);
  if (input) for (const [file, part] of takeApart(input).parts) write(file, part);
  return written;
}

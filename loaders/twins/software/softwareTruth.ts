/** What the numbers in the software firm's deals stand for. */
import type {TruthSpec} from "../truth/firmTruth.ts";
import {COMPETITORS, DEAL_TYPES, HAZARDS, SOURCES, STAGES} from "./softwareFirm.ts";

export const SOFTWARE_TRUTH: TruthSpec = {
  processes: [{hazards: HAZARDS, stageNames: STAGES.map((stage) => stage.name)}],
  processOf: () => 0,
  dealTypes: DEAL_TYPES,
  sources: SOURCES,
  competitors: COMPETITORS
};

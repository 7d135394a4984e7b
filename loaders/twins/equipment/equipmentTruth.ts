/** What the numbers in the equipment maker's deals stand for. */
import type {TruthSpec} from "../truth/firmTruth.ts";
import {COMPETITORS, DEAL_TYPE, DEAL_TYPES, SOURCES} from "./equipmentFirm.ts";
import {PIPELINES} from "./processes.ts";

export const EQUIPMENT_TRUTH: TruthSpec = {
  processes: PIPELINES.map(({rules, stages}) => ({
    hazards: rules.hazards,
    stageNames: stages.map(({id}) => id)
  })),
  processOf: ({type}) => (type === DEAL_TYPE.service ? 1 : 0),
  dealTypes: DEAL_TYPES,
  sources: SOURCES,
  competitors: COMPETITORS
};

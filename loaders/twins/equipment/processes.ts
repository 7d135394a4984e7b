/** The two pipelines of the equipment maker. HubSpot's first stages keep their ids whatever they are called. */
import {CATEGORY} from "../firm/deal.ts";
import type {SellingRules} from "../firm/dealSeller.ts";
import {MESS} from "./equipmentFirm.ts";

export interface PipelineStage {
  id: string;
  label: string;
  /** The CRM's setting, 0..1; not the truth. */
  probability: number;
  category: number;
}

export interface SalesPipeline {
  id: string;
  label: string;
  /** Open stages, then won, then lost. */
  stages: readonly PipelineStage[];
  rules: SellingRules;
}

const MACHINE_STAGES: readonly PipelineStage[] = [
  {id: "appointmentscheduled", label: "Enquiry", probability: 0.1, category: CATEGORY.pipeline},
  {id: "qualifiedtobuy", label: "Site survey", probability: 0.2, category: CATEGORY.pipeline},
  {id: "presentationscheduled", label: "Budget offer", probability: 0.3, category: CATEGORY.pipeline},
  {id: "decisionmakerboughtin", label: "Engineering concept", probability: 0.5, category: CATEGORY.pipeline},
  {id: "148208112", label: "Firm offer", probability: 0.7, category: CATEGORY.bestCase},
  {id: "contractsent", label: "Contract review", probability: 0.9, category: CATEGORY.commit},
  {id: "closedwon", label: "Order placed", probability: 1, category: CATEGORY.closed},
  {id: "closedlost", label: "Lost", probability: 0, category: CATEGORY.omitted}
];

const SERVICE_STAGES: readonly PipelineStage[] = [
  {id: "148310551", label: "Request", probability: 0.3, category: CATEGORY.pipeline},
  {id: "148310552", label: "Offer", probability: 0.6, category: CATEGORY.bestCase},
  {id: "148310553", label: "Negotiation", probability: 0.8, category: CATEGORY.commit},
  {id: "148310554", label: "Service order", probability: 1, category: CATEGORY.closed},
  {id: "148310555", label: "Not ordered", probability: 0, category: CATEGORY.omitted}
];

export const MACHINES: SalesPipeline = {
  id: "default",
  label: "Machines",
  stages: MACHINE_STAGES,
  rules: {
    quoteStage: 4,
    categories: MACHINE_STAGES.map(({category}) => category),
    remainingDays: [235, 205, 165, 122, 75, 36],
    missingAmount: MESS.missingAmount,
    hazards: {
      advance: [0.019, 0.018, 0.014, 0.0125, 0.014, 0],
      back: [0, 0.0006, 0.0012, 0.0018, 0.0018, 0.0018],
      won: [0, 0, 0, 0, 0.003, 0.02],
      lost: [0.0063, 0.0044, 0.0032, 0.0028, 0.0028, 0.0025],
      stuck: [0.0009, 0.0008, 0.0006, 0.0006, 0.0005, 0.0004]
    }
  }
};

export const SERVICE: SalesPipeline = {
  id: "74210933",
  label: "Service & retrofit",
  stages: SERVICE_STAGES,
  rules: {
    quoteStage: 1,
    categories: SERVICE_STAGES.map(({category}) => category),
    remainingDays: [48, 32, 16],
    missingAmount: MESS.missingAmount,
    hazards: {
      advance: [0.055, 0.045, 0],
      back: [0, 0.002, 0.003],
      won: [0, 0.012, 0.055],
      lost: [0.016, 0.014, 0.01],
      stuck: [0.002, 0.0015, 0.001]
    }
  }
};

export const PIPELINES = [MACHINES, SERVICE] as const;

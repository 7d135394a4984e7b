/** What a page knows of a scenario's input: everything but the deals, which only the engine's worker holds. */
import {NONE} from "../slices/select.js";
import type {ScenarioInput} from "./input.js";
import type {LeverKind} from "./levers/leverKinds.js";
import {usableKinds} from "./levers/sensitivity.js";

export interface ScenarioHead
  extends Pick<
    ScenarioInput,
    | "version"
    | "dataHash"
    | "asOf"
    | "currency"
    | "method"
    | "windows"
    | "stages"
    | "history"
    | "campaigns"
    | "partners"
  > {
  /** Open deals. */
  nDeals: number;
  /** Keys of the slices that cut them. */
  cuts: string[];
  /** What levers alone cut by, beside the slices of every page. */
  more: {key: string; label: string; values: string[]}[];
  /** Levers that these data carry. */
  kinds: LeverKind[];
}

/** Campaigns behind open deals and behind those of the last year. */
function campaignsOf({deals, arrivals}: ScenarioInput): ScenarioHead["more"] {
  const column = deals.columns["campaign"];
  const names = new Set([
    ...(column?.kind === "key" ? column.words : []),
    ...arrivals.flatMap(({shares}) => Object.keys(shares["campaign"] ?? {}))
  ]);
  names.delete(NONE);
  return names.size === 0 ? [] : [{key: "campaign", label: "Campaign", values: [...names].sort()}];
}

/** The head of an input: some kilobytes, however many deals there are. */
export function headOf(input: ScenarioInput): ScenarioHead {
  const {version, dataHash, asOf, currency, method, windows, stages, history, campaigns, partners, deals} =
    input;
  return {
    version,
    dataHash,
    asOf,
    currency,
    method,
    windows,
    stages,
    history,
    campaigns,
    partners,
    nDeals: deals.n,
    cuts: Object.entries(deals.columns).flatMap(([key, {kind}]) => (kind === "key" ? [key] : [])),
    more: campaignsOf(input),
    kinds: usableKinds(input)
  };
}

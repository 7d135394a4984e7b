/**
 * A scenario as the query of a link. Filters and the period are those of every page (`region=South`, `period=2026 Q2`);
 * levers are `lever=win_rate~1.1~2026-06-01~stage~Proposal`, deals `deal=0061~won~2026-06-01~50000`, with empty fields at
 * the end left out. In a text "~" is written "!t" and "!" is written "!e".
 */
import type {Scenario} from "../scenario.js";
import {type Checked, checkScenario} from "./check.js";

export const LINK_KEYS = ["name", "data", "on", "target", "lever", "deal"] as const;
/** A further scenario to compare with, its own link as the value. */
export const WITH_KEY = "with";

/** The query with its "?", or "" for nothing assumed, everything chosen and no name. */
export function toLink({name, window, target, filters, levers, deals, made}: Scenario): string {
  const params = new URLSearchParams();
  if (window) params.append("period", window);
  // By name, so that the same scenario is the same link however it came about.
  for (const key of Object.keys(filters).sort()) for (const value of filters[key]!) params.append(key, value);
  for (const [key, value] of scenarioParams({name, target, levers, deals, made})) params.append(key, value);
  const query = params.toString();
  return query && `?${query}`;
}

/** The part of the query that only scenarios have; empty when nothing is assumed. */
export function scenarioParams({
  name,
  target,
  levers,
  deals,
  made
}: Pick<Scenario, "name" | "target" | "levers" | "deals" | "made">): [string, string][] {
  const params: [string, string][] = [];
  if (name) params.push(["name", name]);
  if (target !== null) params.push(["target", String(target)]);
  for (const {kind, value, from, where} of levers)
    params.push([
      "lever",
      joined([kind, String(value), from ?? "", where?.dimension ?? "", where?.value ?? ""])
    ]);
  for (const {deal, action, on, amount} of deals)
    params.push(["deal", joined([deal, action, on ?? "", amount === undefined ? "" : String(amount)])]);
  // What it was made on matters only when something is assumed.
  if (params.length > 0 && made.hash) params.push(["data", made.hash], ["on", made.asOf]);
  return params;
}

/**
 * Reads a query, or says what is wrong with it.
 * @param slices keys that may be filtered by; other keys are left to others
 */
export function fromLink(query: string, slices: readonly string[]): Checked {
  const params = new URLSearchParams(query);
  const problems: string[] = [];
  for (const key of ["period", "name", "target", "data", "on"])
    if (params.getAll(key).length > 1) problems.push(`${key}: given more than once`);
  const filters = Object.fromEntries(
    slices.flatMap((key): [string, string[]][] => (params.has(key) ? [[key, params.getAll(key)]] : []))
  );
  const target = params.get("target");
  const levers = params.getAll("lever").map((text) => {
    const [lever = "", value = "", from = "", dimension = "", ...more] = split(text);
    const [part = "", ...rest] = more;
    if (rest.length > 0) problems.push(`lever ${text}: too many parts`);
    return {
      lever,
      value: numeric(value),
      ...(from ? {from} : {}),
      ...(dimension || part ? {where: {dimension, value: part}} : {})
    };
  });
  const deals = params.getAll("deal").map((text) => {
    const [deal = "", action = "", on = "", amount = "", ...rest] = split(text);
    if (rest.length > 0) problems.push(`deal ${text}: too many parts`);
    return {deal, action, ...(on ? {on} : {}), ...(amount ? {amount: numeric(amount)} : {})};
  });
  const [hash, asOf] = [params.get("data"), params.get("on")];
  const checked = checkScenario({
    weir_scenario: 1,
    name: params.get("name") ?? "",
    data: {...(hash === null ? {} : {hash}), ...(asOf === null ? {} : {as_of: asOf})},
    period: params.get("period") ?? "",
    target: target === null ? null : numeric(target),
    filters,
    levers,
    deals
  });
  const all = [...problems, ...checked.problems];
  return all.length > 0 ? {scenario: null, problems: all} : checked;
}

function joined(fields: readonly string[]): string {
  const kept = fields.slice(0, fields.findLastIndex((field) => field !== "") + 1);
  return kept.map((field) => field.replaceAll("!", "!e").replaceAll("~", "!t")).join("~");
}

function split(text: string): string[] {
  return text.split("~").map((field) => field.replaceAll("!t", "~").replaceAll("!e", "!"));
}

/** A number as people write it; anything else stays text, so that the check can show it. */
function numeric(text: string): number | string {
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
}

/** Is this a scenario? Every doubt is said; nothing is guessed at or dropped in silence. */
import {LEVER_KINDS, LEVERS} from "../levers/leverKinds.js";
import type {ForcedDeal, LeverSetting, Said, Scenario} from "../scenario.js";

export type Checked = {scenario: Scenario; problems: []} | {scenario: null; problems: string[]};

/** As it stands in a file. */
export interface ScenarioFile {
  weir_scenario: 1;
  name: string;
  data: {hash: string; as_of: string};
  period: string;
  target: number | null;
  filters: Record<string, string[]>;
  levers: {lever: string; value: number; where?: {dimension: string; value: string}; from?: string}[];
  deals: {deal: string; action: string; on?: string; amount?: number}[];
  said?: {from: string; to: string; expected: number; low80: number; high80: number; forecast: number};
}

export const MOST_LEVERS = 30;
export const MOST_DEALS = 200;
const MOST_TEXT = 500;
const ACTIONS = ["won", "lost", "moved", "priced"] as const;

type Fields = Record<string, unknown>;

/** Checks what was read from a file or a link; unknown fields are problems too. */
export function checkScenario(value: unknown): Checked {
  const problems: string[] = [];
  const say = (where: string, found: unknown, expected: string) => {
    problems.push(`${where}: expected ${expected}, found ${shown(found)}`);
  };
  if (!isObject(value)) return {scenario: null, problems: [`expected a scenario, found ${shown(value)}`]};
  const known = ["weir_scenario", "name", "data", "period", "target", "filters", "levers", "deals", "said"];
  unknownFields("", value, known, problems);
  if (value["weir_scenario"] !== 1) say("weir_scenario", value["weir_scenario"], "version 1");
  const text = (where: string, found: unknown): string => {
    if (typeof found === "string" && found.length <= MOST_TEXT) return found;
    say(where, found, `text of at most ${MOST_TEXT} characters`);
    return "";
  };
  const number = (where: string, found: unknown, least: number, most: number): number => {
    if (typeof found === "number" && Number.isFinite(found) && found >= least && found <= most) return found;
    say(where, found, `a number from ${least} to ${most}`);
    return 0;
  };
  const day = (where: string, found: unknown): string => {
    if (typeof found === "string" && isDay(found)) return found;
    say(where, found, "a day like 2026-05-31");
    return "";
  };
  const list = (where: string, found: unknown, most: number): unknown[] => {
    if (found === undefined) return [];
    if (Array.isArray(found) && found.length <= most) return found;
    say(where, found, `a list of at most ${most}`);
    return [];
  };
  const fields = (where: string, found: unknown, names: string[]): Fields => {
    if (!isObject(found)) {
      say(where, found, names.join(", "));
      return {};
    }
    unknownFields(`${where}.`, found, names, problems);
    return found;
  };

  const data = value["data"] === undefined ? {} : fields("data", value["data"], ["hash", "as_of"]);
  const filters: Record<string, string[]> = {};
  if (value["filters"] !== undefined && !isObject(value["filters"]))
    say("filters", value["filters"], "lists of values by slice");
  else
    for (const [key, values] of Object.entries(value["filters"] ?? {}))
      filters[key] = list(`filters.${key}`, values, 1000).map((each, i) =>
        text(`filters.${key}[${i}]`, each)
      );
  const levers = list("levers", value["levers"], MOST_LEVERS).map((each, i): LeverSetting | null => {
    const at = `levers[${i}]`;
    const found = fields(at, each, ["lever", "value", "where", "from"]);
    const kind = LEVER_KINDS.find((name) => name === found["lever"]);
    if (!kind) {
      say(`${at}.lever`, found["lever"], `one of ${LEVER_KINDS.join(", ")}`);
      return null;
    }
    const {min, max} = LEVERS[kind];
    const setting: LeverSetting = {kind, value: number(`${at}.value`, found["value"], min, max)};
    if (found["where"] !== undefined) {
      const where = fields(`${at}.where`, found["where"], ["dimension", "value"]);
      setting.where = {
        dimension: text(`${at}.where.dimension`, where["dimension"]),
        value: text(`${at}.where.value`, where["value"])
      };
    }
    if (found["from"] !== undefined) setting.from = day(`${at}.from`, found["from"]);
    return setting;
  });
  levers.forEach((lever, i) => {
    const same = (other: LeverSetting | null) =>
      other?.kind === lever?.kind &&
      other?.where?.dimension === lever?.where?.dimension &&
      other?.where?.value === lever?.where?.value;
    if (lever && levers.findIndex(same) < i)
      problems.push(`levers[${i}]: ${lever.kind} is given twice for the same deals`);
  });
  const deals = list("deals", value["deals"], MOST_DEALS).map((each, i): ForcedDeal => {
    const at = `deals[${i}]`;
    const found = fields(at, each, ["deal", "action", "on", "amount"]);
    const action = ACTIONS.find((name) => name === found["action"]);
    if (!action) say(`${at}.action`, found["action"], `one of ${ACTIONS.join(", ")}`);
    const forced: ForcedDeal = {deal: text(`${at}.deal`, found["deal"]), action: action ?? "lost"};
    if (found["on"] !== undefined) forced.on = day(`${at}.on`, found["on"]);
    if (found["amount"] !== undefined) forced.amount = number(`${at}.amount`, found["amount"], 0, 1e12);
    if (action === "moved" && forced.on === undefined) say(`${at}.on`, undefined, "the day it is moved to");
    if (action === "priced" && forced.amount === undefined) say(`${at}.amount`, undefined, "its new amount");
    return forced;
  });
  deals.forEach(({deal}, i) => {
    if (deals.findIndex((other) => other.deal === deal) < i)
      problems.push(`deals[${i}]: deal ${shown(deal)} is given twice`);
  });
  let said: Said | undefined;
  if (value["said"] !== undefined) {
    const found = fields("said", value["said"], ["from", "to", "expected", "low80", "high80", "forecast"]);
    const amount = (name: string) => number(`said.${name}`, found[name], -1e13, 1e13);
    said = {
      from: day("said.from", found["from"]),
      to: day("said.to", found["to"]),
      expected: amount("expected"),
      low80: amount("low80"),
      high80: amount("high80"),
      forecast: amount("forecast")
    };
  }
  const scenario: Scenario = {
    ...(said ? {said} : {}),
    name: value["name"] === undefined ? "" : text("name", value["name"]),
    window: value["period"] === undefined ? "" : text("period", value["period"]),
    target:
      value["target"] === undefined || value["target"] === null
        ? null
        : number("target", value["target"], 0, 1e13),
    filters,
    levers: levers.filter((lever) => lever !== null),
    deals,
    made: {
      hash: data["hash"] === undefined ? "" : text("data.hash", data["hash"]),
      asOf: data["as_of"] === undefined ? "" : day("data.as_of", data["as_of"])
    }
  };
  return problems.length === 0 ? {scenario, problems: []} : {scenario: null, problems};
}

/** A real day of the calendar as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

function unknownFields(where: string, found: Fields, known: readonly string[], problems: string[]): void {
  for (const name of Object.keys(found))
    if (!known.includes(name))
      problems.push(`${where}${name}: not a field of a scenario; known are ${known.join(", ")}`);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

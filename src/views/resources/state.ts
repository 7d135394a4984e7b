/** What the Resources page is asked, as its address says it. */
import type {PlanProblem} from "../../scenario/plan/plan.js";
import {defaultLimits, type Resource, type ResourceData} from "../../scenario/plan/resource.js";

export interface Asked {
  resource: Resource;
  total: number;
  goal: PlanProblem["goal"];
  mostMoved: number | null;
  limits: {min: number; max: number}[];
  /** What is wrong with the address; nothing of it is then taken. */
  problems: string[];
}

/** The question in an address; what it does not say is as today. One with anything wrong is refused as a whole. Limits are `limit=Name~min~max`. */
export function readAsked(search: string, {resources}: ResourceData): Asked {
  const asked = takenFrom(new URLSearchParams(search), resources);
  return asked.problems.length > 0
    ? {...takenFrom(new URLSearchParams(), resources), problems: asked.problems}
    : asked;
}

function takenFrom(params: URLSearchParams, resources: readonly Resource[]): Asked {
  const resource = resources.find(({key}) => key === params.get("resource")) ?? resources[0]!;
  const said = new Map(
    params.getAll("limit").map((text) => {
      const at = text.split("~");
      return [at.slice(0, -2).join("~"), at.slice(-2).map(amount)] as const;
    })
  );
  const most = params.get("moved");
  return {
    problems: problemsOf(params, resource),
    resource,
    total: amount(params.get("total")) ?? todayTotal(resource),
    goal: params.get("goal") === "p20" ? "p20" : "expected",
    mostMoved: most === null ? null : amount(most),
    limits: resource.options.map(({name, today}) => {
      const usual = defaultLimits(resource, today);
      const [min, max] = said.get(name) ?? [];
      return {min: min ?? usual.min, max: max ?? usual.max};
    })
  };
}

function problemsOf(params: URLSearchParams, resource: Resource): string[] {
  const problems: string[] = [];
  const key = params.get("resource");
  if (key !== null && key !== resource.key) problems.push(`resource: nothing here is called "${key}"`);
  const goal = params.get("goal");
  if (goal !== null && goal !== "p20" && goal !== "expected")
    problems.push(`goal: expected "expected" or "p20", found "${goal}"`);
  for (const name of ["total", "moved"]) {
    const text = params.get(name);
    const wrong = text === null ? null : wrongAmount(text, resource);
    if (wrong !== null) problems.push(`${name}: ${wrong}`);
  }
  for (const text of params.getAll("limit")) {
    const at = text.split("~");
    const name = at.slice(0, -2).join("~");
    if (!resource.options.some((option) => option.name === name))
      problems.push(`limit: ${resource.label} knows no "${name}"`);
    for (const each of at.slice(-2)) {
      const wrong = wrongAmount(each, resource);
      if (wrong !== null) problems.push(`limit of ${name}: ${wrong}`);
    }
  }
  return problems;
}

/** What is wrong with an amount of a resource; null when nothing is. Parts of a unit can be given to nobody. */
function wrongAmount(text: string, {unit, isMoney, many}: Resource): string | null {
  const value = amount(text);
  if (value === null) return `expected an amount of 0 or more, found "${text}"`;
  // Money is given out in steps made for the page, and rounded to them.
  const units = value / unit;
  return isMoney || Math.abs(units - Math.round(units)) < 1e-6
    ? null
    : `${many} are given out in steps of ${unit}, found "${text}"`;
}

/** The address of a question; what is as today is left out. */
export function writeAsked(
  {resource, total, goal, mostMoved, limits}: Asked,
  {resources}: ResourceData
): string {
  const params = new URLSearchParams();
  if (resource !== resources[0]) params.append("resource", resource.key);
  if (total !== todayTotal(resource)) params.append("total", String(total));
  if (goal !== "expected") params.append("goal", goal);
  if (mostMoved !== null) params.append("moved", String(mostMoved));
  resource.options.forEach(({name, today}, o) => {
    const usual = defaultLimits(resource, today);
    const {min, max} = limits[o]!;
    if (min !== usual.min || max !== usual.max) params.append("limit", `${name}~${min}~${max}`);
  });
  const query = params.toString();
  return query && `?${query}`;
}

export function todayTotal({options}: Resource): number {
  return options.reduce((sum, {today}) => sum + today, 0);
}

function amount(text: string | null | undefined): number | null {
  const value = Number(text);
  return text !== null && text !== undefined && text.trim() !== "" && Number.isFinite(value) && value >= 0
    ? value
    : null;
}

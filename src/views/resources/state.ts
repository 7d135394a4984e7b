/** What the Resources page is asked, as its address says it. */
import type {PlanProblem} from "../../scenario/plan/plan.js";
import {defaultLimits, type Resource, type ResourceData} from "../../scenario/plan/resource.js";

export interface Asked {
  resource: Resource;
  total: number;
  goal: PlanProblem["goal"];
  mostMoved: number | null;
  limits: {min: number; max: number}[];
}

/** The question in an address; what it does not say, or says wrongly, is as today. Limits are `limit=Name~min~max`. */
export function readAsked(search: string, {resources}: ResourceData): Asked {
  const params = new URLSearchParams(search);
  const resource = resources.find(({key}) => key === params.get("resource")) ?? resources[0]!;
  const said = new Map(
    params.getAll("limit").map((text) => {
      const at = text.split("~");
      return [at.slice(0, -2).join("~"), at.slice(-2).map(amount)] as const;
    })
  );
  const most = params.get("moved");
  return {
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

/** The Resources page's parts, tied together. */
import {html} from "htl";
import type {Content} from "../../components/answer.js";
import {Empty} from "../../components/empty.js";
import type {PlanAnswer} from "../../scenario/plan/optimise.js";
import {problemOf, type ResourceData} from "../../scenario/plan/resource.js";
import {Colliding, PlanChart, PlanTables, planAnswer} from "./found.js";
import type {Asked} from "./state.js";

export interface ShownPlan {
  answer: Content;
  chart: Node;
  tables: Node;
}

/** Solves what is asked and draws it; says why where nothing can be planned. */
export async function showPlan(
  data: ResourceData,
  asked: Asked | null,
  solve: (problem: ReturnType<typeof problemOf>) => Promise<PlanAnswer>
): Promise<ShownPlan> {
  const none = () => html`<div></div>`;
  if (!asked)
    return {
      answer: planAnswer(data, null, null),
      chart: Empty({
        reason:
          "A plan needs at least two places that people or money went to, with deals won in each in the last year.",
        action:
          "Export the users with their region, campaign costs by day, or the portal's trainings and funds, and run weir init again."
      }),
      tables: none()
    };
  const found = await solve(problemOf(asked.resource, asked));
  return {
    answer: planAnswer(data, asked, found),
    chart: found.kind === "plan" ? PlanChart(data, asked, found) : Colliding(found.collide),
    tables: found.kind === "plan" ? PlanTables(data, asked, found) : none()
  };
}

/** matches.yaml: what a person decided of a registration stands above every score. */
import {z} from "zod";
import type {Problem} from "../weirError.ts";
import {lineOf, type YamlSource} from "./explainIssue.ts";
import {parseYaml} from "./parseYaml.ts";

const id = z.union([z.string().min(1), z.number().int()]).transform(String);

const matchesSchema = z.strictObject({
  decisions: z
    .array(
      z.strictObject({
        registration: id.describe("Id of the registration"),
        deal: id.nullable().describe("Id of the deal it is; null when it is none of the CRM's"),
        by: z.string().optional().describe("Who decided"),
        why: z.string().optional().describe("On what grounds")
      })
    )
    .default([])
});

/** What a person decided: this deal, or none. */
export interface MatchDecision {
  registrationId: string;
  dealId: string | null;
  by: string | null;
  why: string | null;
  /** Where it is written, for messages. */
  file: string;
  line: number | null;
}

/** The decisions of a matches.yaml. @throws {WeirError} exit 2 with every problem found. */
export function parseMatchDecisions(text: string, file: string): MatchDecision[] {
  const decisions: MatchDecision[] = [];
  parseYaml(text, file, matchesSchema, ({decisions: given}, source) => {
    for (const [index, {registration, deal, by, why}] of given.entries())
      decisions.push({
        registrationId: registration,
        dealId: deal,
        by: by ?? null,
        why: why ?? null,
        file,
        line: lineOf(["decisions", index], source) ?? null
      });
    return decidedTwice(decisions, source);
  });
  return decisions;
}

function decidedTwice(decisions: readonly MatchDecision[], {file}: YamlSource): Problem[] {
  const first = new Map<string, MatchDecision>();
  return decisions.flatMap((decision) => {
    const earlier = first.get(decision.registrationId);
    if (!earlier) {
      first.set(decision.registrationId, decision);
      return [];
    }
    return [
      {
        what: `the registration is decided twice, first in line ${earlier.line}`,
        file,
        ...(decision.line === null ? {} : {line: decision.line}),
        field: "registration",
        value: decision.registrationId,
        expected: "one decision for each registration",
        fix: "remove the one that no longer holds"
      }
    ];
  });
}

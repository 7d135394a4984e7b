import type {Problem} from "../weirError.ts";
import {didYouMean} from "./didYouMean.ts";

/** A name in workspace.yaml that there is none of: what there is, and which of it may be meant. */
export function unknownName(
  kind: string,
  value: string,
  known: readonly string[]
): Omit<Problem, "file" | "line" | "field"> {
  const near = didYouMean(value, known);
  return {
    what: `unknown ${kind}`,
    value,
    expected: `one of ${known.join(", ")}`,
    ...(near ? {fix: `did you mean "${near}"?`} : {})
  };
}

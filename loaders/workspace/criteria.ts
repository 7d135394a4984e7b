/**
 * Entry and exit criteria of a stage: rules over a deal's fields, as data, so that they can be checked as of any
 * day, shown to people in words and turned into SQL.
 */
import {z} from "zod";

const field = z.string().min(1).describe("A column of the canonical deal table, or a custom attribute of it");
const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const criterionSchema = z
  .strictObject({
    field,
    is: z.enum(["present", "absent"]).optional().describe("The field is filled, or is empty"),
    equals: scalar.optional(),
    one_of: z.array(scalar).min(1).optional(),
    at_least: z.number().optional(),
    at_most: z.number().optional(),
    within_days: z
      .number()
      .int()
      .nonnegative()
      .optional()
      .describe("A date or timestamp field: at most this many days before the transition"),
    why: z.string().optional().describe("What the rule is for, in words people see")
  })
  .refine((rule) => CRITERION_TESTS.filter((test) => rule[test] !== undefined).length === 1, {
    message: "expected exactly one test: is, equals, one_of, at_least, at_most or within_days"
  });

export const CRITERION_TESTS = ["is", "equals", "one_of", "at_least", "at_most", "within_days"] as const;

export type Criterion = z.infer<typeof criterionSchema>;

/** Fields that people call otherwise. */
const WORDS: Readonly<Record<string, string>> = {
  close_on: "close date",
  last_activity_at: "last activity",
  created_at: "day of creation",
  account_id: "customer"
};

/** The rule in words, for pages and messages: "amount is at least 1000". */
export function criterionInWords({
  field,
  is,
  equals,
  one_of,
  at_least,
  at_most,
  within_days
}: Criterion): string {
  const name = WORDS[field] ?? field.replaceAll("_", " ").replace(/ id$/, "");
  if (is === "present") return `${name} is filled`;
  if (is === "absent") return `${name} is empty`;
  if (equals !== undefined) return `${name} is ${equals}`;
  if (one_of) return `${name} is one of ${one_of.join(", ")}`;
  if (at_least !== undefined) return `${name} is at least ${at_least}`;
  if (at_most !== undefined) return `${name} is at most ${at_most}`;
  return `${name} is within ${within_days} days`;
}

/**
 * The values an `equals` or `one_of` rule takes, as texts between unit separators, so that SQL can look one up; a number also
 * as a float is written (1000 and 1000.0). Null for other rules.
 */
export function criterionChoices({equals, one_of}: Criterion): string | null {
  const values = one_of ?? (equals === undefined ? null : [equals]);
  if (!values) return null;
  const texts = values.flatMap((value) =>
    typeof value === "number" && Number.isInteger(value) ? [String(value), `${value}.0`] : [String(value)]
  );
  return `\u001f${[...new Set(texts)].join("\u001f")}\u001f`;
}

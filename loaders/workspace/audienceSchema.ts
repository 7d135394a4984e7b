/** `audiences` of workspace.yaml: who gets a site of their own from `weir publish`, of which pages, rows and columns. */
import {z} from "zod";

const column = z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/, "expected table.column, such as deal.next_step");

export const audienceSchema = z.strictObject({
  title: z.string().min(1).describe("Whom the site is for; it stands on every page"),
  pages: z
    .array(z.string().min(1))
    .min(1)
    .describe("Pages by the last part of their address, such as forecast; overview for the first one"),
  rows: z
    .record(z.string(), z.array(z.string().min(1)).min(1))
    .optional()
    .describe(
      "Only deals that have one of these values in each named slice, such as region: [EMEA]; (none) for no value. All deals if absent"
    ),
  each: z
    .string()
    .min(1)
    .optional()
    .describe("One site a value of this slice, such as partner: each partner's site holds its own deals"),
  show: z
    .array(column)
    .default([])
    .describe(
      "Columns that are never published unless named here: free text, contacts, domains, custom attributes (deal.x_name)"
    ),
  hide: z.array(column).default([]).describe("Columns to take away from those that are published")
});

export const audiencesSchema = z
  .record(
    z
      .string()
      .regex(
        /^[a-z][a-z0-9_-]*$/,
        "expected lower-case letters, digits, - and _: it names the site's folder"
      ),
    audienceSchema
  )
  .default({});

export type Audience = z.infer<typeof audienceSchema>;

/** Whether its readers are of another firm: a partner's own site. Fewer columns leave the firm than its departments see. */
export function isOutside({each, rows}: Pick<Audience, "each" | "rows">): boolean {
  return each === "partner" || rows?.["partner"] !== undefined;
}

/** Whether some of the firm's deals are left out. */
export function hasSomeDeals({each, rows}: Pick<Audience, "each" | "rows">): boolean {
  return each !== undefined || Object.keys(rows ?? {}).length > 0;
}

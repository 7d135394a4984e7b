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
  outside: z
    .boolean()
    .optional()
    .describe(
      "Whether its readers are of another firm, who get fewer columns; true with each and with rows by partner if absent, else false"
    ),
  likely_matches: z
    .boolean()
    .optional()
    .describe(
      "Readers outside also get deals that are their partner's only by a match of names; else by the CRM, by an id the portal states, or by matches.yaml"
    ),
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

/**
 * Whether its readers are of another firm: as stated, else one site a value (a partner, a distributor, an agency) and rows by partner are
 * for others. Fewer columns leave the firm than its departments see.
 */
export function isOutside({outside, each, rows}: Pick<Audience, "outside" | "each" | "rows">): boolean {
  return outside ?? (each !== undefined || rows?.["partner"] !== undefined);
}

/** Whether each of its sites holds all deals of one partner, and no others. */
export function isOfOnePartner({each, rows = {}}: Pick<Audience, "each" | "rows">): boolean {
  const isByPartner = Object.keys(rows).every((slice) => slice === "partner");
  return isByPartner && (each === undefined ? rows["partner"]?.length === 1 : each === "partner");
}

/** Whether some of the firm's deals are left out. */
export function hasSomeDeals({each, rows}: Pick<Audience, "each" | "rows">): boolean {
  return each !== undefined || Object.keys(rows ?? {}).length > 0;
}

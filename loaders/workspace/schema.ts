/**
 * The shape of workspace.yaml: one company, its sales process and its exports. Unknown keys are errors. The JSON
 * Schema that editors use is generated from this file (writeJsonSchema.ts).
 */
import {z} from "zod";
import {audiencesSchema} from "./audienceSchema.ts";
import {CANONICAL_TABLE_NAMES, COLUMN_TYPES} from "./canonicalTables.ts";
import {criterionSchema} from "./criteria.ts";
import {partnerProgramSchema} from "./partnerProgramSchema.ts";
import {boundsSchema, idLength, readerFormatFields} from "./readerFormat.ts";

const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date as YYYY-MM-DD")
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)), "expected a day that exists");
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "expected lower-case letters, digits and _");
const currency = z.string().regex(/^[A-Z]{3}$/, "expected a three-letter currency code such as USD");

export const FORECAST_CATEGORIES = [
  "omitted",
  "pipeline",
  "best_case",
  "most_likely",
  "commit",
  "closed"
] as const;

export const stageSchema = z.strictObject({
  id: z.string().min(1).describe("The stage as the export writes it"),
  name: z.string().optional().describe("What people call it; the id if absent"),
  aliases: z.array(z.string()).default([]).describe("Other spellings in the exports"),
  kind: z.enum(["open", "won", "lost"]),
  probability: z.number().min(0).max(1).optional().describe("The CRM's default chance to win, 0 to 1"),
  forecast_category: z.enum(FORECAST_CATEGORIES).optional(),
  day_limit: z.number().int().positive().optional().describe("Days after which a deal has stayed too long"),
  entry: z.array(criterionSchema).default([]).describe("What must hold when a deal enters the stage"),
  exit: z.array(criterionSchema).default([]).describe("What must hold when a deal leaves the stage forwards")
});

export const pipelineSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  stages: z.array(stageSchema).min(1).describe("In the order a deal walks them"),
  qualified_from: z
    .string()
    .optional()
    .describe("The open stage from which on a deal counts as qualified pipeline, by its id")
});

const formatFields = {
  date: z.string().optional().describe("strptime format of dates, such as %d.%m.%Y; ISO if absent"),
  timestamp: z.string().optional().describe("strptime format of timestamps; ISO with offset or Z if absent"),
  decimal: z.enum([".", ","]).optional().describe("The decimal mark of numbers; . if absent"),
  thousands: z
    .enum([",", ".", " ", "'", ""])
    .optional()
    .describe("The thousands mark of numbers; none if absent")
};

export const fileFormatSchema = z.strictObject({
  ...readerFormatFields,
  time_zone: z
    .string()
    .optional()
    .describe("Of times without an offset; the workspace's if absent, UTC for what interfaces write"),
  empty: z.array(z.string()).optional().describe('Texts that mean no value, beside the empty one: ["N/A"]'),
  true_values: z.array(z.string()).optional(),
  false_values: z.array(z.string()).optional(),
  ...formatFields
});

const columnObject = z
  .strictObject({
    column: z.string().optional().describe("The header in the file"),
    value: z.union([z.string(), z.number(), z.boolean()]).optional().describe("The same value in every row"),
    aliases: z.array(z.string()).optional().describe("Other headers the same column has in other exports"),
    recode: z
      .record(z.string(), z.string())
      .optional()
      .describe('Values to replace, exact: GTXPro: GTX Pro; "" for no value'),
    divide_by: z
      .union([z.literal(10), z.literal(100), z.literal(1000), z.literal(10_000), z.literal(1_000_000)])
      .optional()
      .describe("100 for percent, 100 for cents, 1000000 for micros"),
    multiply_by: z.number().int().positive().optional().describe("1000 where the export counts in thousands"),
    invert: z.boolean().optional().describe("1 / value, for rates that are quoted the other way round"),
    round: z.boolean().optional().describe("Money with more than two decimals is rounded instead of refused"),
    optional: z.boolean().optional().describe("The header may be missing; the column is then empty"),
    length: idLength,
    short_id: z
      .boolean()
      .optional()
      .describe("Of 18 characters the first 15 count: both forms of a Salesforce id are then one"),
    read_as: z
      .enum(["money", "date", "category"])
      .optional()
      .describe("In a text column such as a log's new value: how the cell is read; it is kept in plain form"),
    if_empty: z.string().min(1).optional().describe("What an empty cell stands for"),
    and: z.string().optional().describe("A header whose text is put behind it, after a space: the last name"),
    last_of_months: z
      .union([z.literal(1), z.literal(3), z.literal(6), z.literal(12)])
      .optional()
      .describe(
        "The cell is a first day, meant is the last of so many months: 3 for quotas that name their quarter's start"
      ),
    date: z
      .string()
      .optional()
      .describe(
        "strptime format; local: the day, where the company is, of a time (epoch_ms: of milliseconds since 1970); in a text column the day is written as YYYY-MM-DD"
      ),
    timestamp: z.string().optional().describe("strptime format; epoch_ms: milliseconds since 1970")
  })
  .refine((object) => (object.column === undefined) !== (object.value === undefined), {
    message: "expected either column or value"
  });

export const columnSchema = z.union([z.string().min(1), columnObject]);

export const mapSchema = z.strictObject({
  table: z
    .enum(CANONICAL_TABLE_NAMES as [string, ...string[]])
    .describe("The canonical table the rows go to"),
  columns: z.record(name, columnSchema).describe("Canonical column: header of the file"),
  distinct: z.boolean().default(false).describe("Rows that are equal in all mapped columns count once"),
  rows_with: z.array(z.string()).optional().describe("Only records in which these headers are filled"),
  rows_where: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe("Only records with one of these values"),
  rows_starting: z
    .record(z.string(), z.array(z.string().min(1)))
    .optional()
    .describe("Only records whose value begins with one of these"),
  rows_unless: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe("Not records with one of these values; a header that is missing leaves out none")
});

/** Systems whose exports Weir knows, one folder each under loaders/sources; csv is any other. */
export const SOURCES = [
  "csv",
  "salesforce",
  "hubspot",
  "pipedrive",
  "dynamics",
  "partners",
  "spend",
  "orders",
  "spreadsheet"
] as const;

const fileObject = z.strictObject({
  path: z.string().min(1).describe("Relative to --files, else to workspace.yaml"),
  source: z.enum(SOURCES).default("csv").describe("The system that wrote the file; csv takes maps"),
  object: z.string().optional().describe("What of that system is in the file: Opportunity, deals"),
  columns: z
    .record(name, columnSchema.nullable())
    .optional()
    .describe("Columns of the object that are mapped otherwise, or (null) not at all; custom attributes"),
  headers: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe("Header to the names it has in this export, tried in order when it is not there itself"),
  statuses: z
    .record(z.string().min(1), z.enum(["open", "won", "lost", "deleted"]))
    .optional()
    .describe("What a status means that the object has no word for: {Storniert: lost}"),
  optional: z.boolean().default(false).describe("The file may be missing; its tables are then empty"),
  format: fileFormatSchema.default({}),
  reject_limit: z
    .number()
    .int()
    .nonnegative()
    .default(0)
    .describe("Records that may be refused before the build stops"),
  bounds: boundsSchema.prefault({}),
  unused: z
    .array(z.string())
    .optional()
    .describe("If given, a header neither mapped nor named here is an error"),
  maps: z.array(mapSchema).default([]).describe("Where its rows go; an object's own maps come first")
});

export const fileSchema = fileObject
  .refine(({source, maps}) => source !== "csv" || maps.length > 0, {
    path: ["maps"],
    message: "expected at least one map: a csv file says itself where its rows go"
  })
  .refine(({source, object}) => (source === "csv") === (object === undefined), {
    path: ["object"],
    message: "expected an object with a source other than csv, and none with csv"
  })
  .refine(({source, statuses}) => !statuses || ["pipedrive", "dynamics"].includes(source), {
    path: ["statuses"],
    message: "expected none: only deals of Pipedrive and opportunities of Dynamics close by a status"
  })
  .refine(
    ({source, statuses}) => source !== "dynamics" || !Object.values(statuses ?? {}).includes("deleted"),
    {
      path: ["statuses"],
      message: "expected open, won or lost: Dynamics has no deleted ones"
    }
  );

export const customAttributeSchema = z.strictObject({
  name: name.describe("The column's name in mappings and models, without prefix"),
  label: z.string().optional(),
  table: z.enum(["deal", "account", "person", "partner", "registration", "lead"]).default("deal"),
  type: z.enum(COLUMN_TYPES.filter((type) => type !== "stage") as [string, ...string[]]),
  slice: z
    .boolean()
    .default(false)
    .describe("Offer it as a filter on the pages (text and boolean deal attributes)")
});

export const quotaSchema = z
  .strictObject({
    person: z.string().optional(),
    team: z.string().optional(),
    starts_on: isoDate,
    ends_on: isoDate,
    amount: z.number().nonnegative(),
    currency: currency.optional()
  })
  .refine((quota) => quota.starts_on <= quota.ends_on, {message: "expected starts_on on or before ends_on"});

export const exchangeRateSchema = z.strictObject({
  currency,
  rate: z.number().positive().describe("What one unit of it is worth in the base currency"),
  since: isoDate.optional().describe("The first day of the rate, until the next one's; every day if absent")
});

const share = z.number().min(0).max(1);

const twinSchema = z.strictObject({
  twin: z.enum(["software", "equipment"]),
  deals: z.number().int().positive(),
  seed: z.number().int().nonnegative()
});

export const workspaceSchema = z.strictObject({
  company: z.string().min(1).describe("The name on every page"),
  about: z.string().optional().describe("A sentence on where the data comes from"),
  synthetic: z.boolean().default(false).describe("True: every page says that the data is made up"),
  generate: twinSchema
    .optional()
    .describe("Make the exports from a seed at build time instead of reading given ones"),
  made_by: twinSchema.optional().describe("How synthetic exports that are there already were made"),
  companions: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Folders of other workspaces, relative to this one, that the same site shows; its menu switches"
    ),
  as_of: isoDate.optional().describe("The day the figures are of; the newest event in the exports if absent"),
  seed: z.number().int().nonnegative().default(1),
  base_currency: currency,
  exchange_rates: z
    .array(exchangeRateSchema)
    .default([])
    .describe("Rates stated here, for a firm without a table of them; the Data page shows them"),
  time_zone: z.string().default("UTC"),
  fiscal_calendar: z
    .strictObject({
      first_month: z.number().int().min(1).max(12).default(1),
      week_starts_on: z.enum(["monday", "sunday", "saturday"]).default("monday"),
      year_named_after: z
        .enum(["start", "end"])
        .default("end")
        .describe("Which calendar year names a fiscal year")
    })
    .prefault({}),
  crm: z
    .strictObject({
      deal_url: z.url({protocol: /^https?$/}).describe("Link to a deal; {id} stands for its id")
    })
    .optional(),
  assumptions: z
    .strictObject({
      missing_amount: z
        .enum(["none", "list_price"])
        .default("none")
        .describe("What an open deal without an amount counts for"),
      region_from: z.enum(["account", "owner"]).default("account").describe("Whose region a deal belongs to"),
      no_decision_reasons: z
        .array(z.string().min(1))
        .default([])
        .describe(
          "Loss reasons that mean nobody won: no decision, no budget. The narrow win rate leaves them out"
        ),
      order_within_days: z
        .number()
        .int()
        .nonnegative()
        .default(30)
        .describe("A won deal should have its order in the ERP within so many days")
    })
    .prefault({}),
  stale_after_days: z.number().int().positive().default(7).describe("Data older than this is called stale"),
  matching: z
    .strictObject({
      match_at: share
        .default(0.84)
        .describe("From this score on a registration and a deal are the same business"),
      unsure_at: share.default(0.6).describe("From this score on a person should look"),
      lead: share.default(0.04).describe("How far a match must be ahead of the next best deal")
    })
    .prefault({})
    .describe("When a partner's registration counts as a CRM deal; scores go from 0 to 1"),
  partner_program: partnerProgramSchema,
  marketing: z
    .strictObject({
      touch_window_days: z
        .number()
        .int()
        .positive()
        .default(180)
        .describe(
          "A touch of an account without a lead counts for the next deal created within so many days"
        ),
      gross_margin: share
        .nullable()
        .default(null)
        .describe("Share of won money that is margin; payback and return on margin need it")
    })
    .prefault({})
    .describe("How touches find their deal, and what won money leaves"),
  credit: z
    .strictObject({
      partner_sourced: share.default(0.4),
      partner_influenced: share.default(0.2),
      marketing_sourced: share.default(0.4),
      marketing_influenced: share.default(0.2)
    })
    .refine((credit) => credit.partner_sourced + credit.marketing_sourced <= 1, {
      error: "partner_sourced and marketing_sourced together must not exceed 1: a deal is credited once"
    })
    .refine((credit) => credit.partner_influenced <= credit.partner_sourced, {
      error: "partner_influenced must not exceed partner_sourced"
    })
    .refine((credit) => credit.marketing_influenced <= credit.marketing_sourced, {
      error: "marketing_influenced must not exceed marketing_sourced"
    })
    .prefault({})
    .describe("Shares of a deal that partner and marketing are credited with; sales has the rest"),
  subscriptions: z
    .strictObject({
      grace_days: z
        .number()
        .int()
        .nonnegative()
        .default(30)
        .describe(
          "A contract that begins within so many days of the end of one of the same customer and product renews it"
        )
    })
    .prefault({})
    .describe("How contracts of recurring revenue follow each other"),
  pipelines: z.array(pipelineSchema).min(1),
  custom_attributes: z.array(customAttributeSchema).default([]),
  quotas: z.array(quotaSchema).default([]),
  audiences: audiencesSchema.describe("Sites of `weir publish`, each built from what its readers may see"),
  files: z.array(fileSchema).min(1)
});

export type Workspace = z.infer<typeof workspaceSchema>;
export type Pipeline = Workspace["pipelines"][number];
export type Stage = Pipeline["stages"][number];
export type FileSpec = Workspace["files"][number];
export type FileMap = FileSpec["maps"][number];
export type FileFormat = FileSpec["format"];
export type ColumnSpec = z.infer<typeof columnObject>;

/** What workspace.yaml may declare about how a file is written and how far it may change from run to run. */
import {z} from "zod";

const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date as YYYY-MM-DD");

export const FILE_KINDS = ["csv", "json", "ndjson", "parquet"] as const;

/** Keys of `format` that say how the text is laid out; those that say how values look are in schema.ts. */
export const readerFormatFields = {
  kind: z.enum(FILE_KINDS).optional().describe("By the name's ending if absent; .tsv is csv with tabs"),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe("The character between fields; a tab in a .tsv, else , if absent"),
  encoding: z
    .enum(["utf-8", "utf-16", "utf-16le", "utf-16be", "latin-1", "windows-1252"])
    .optional()
    .describe("utf-8 if absent"),
  skip_lines: z.number().int().positive().optional().describe("Title lines above the header"),
  footer_lines: z.number().int().positive().optional().describe("Lines below the last record: totals, notes"),
  last_line: z
    .literal("open")
    .optional()
    .describe("The last line has no line end; without this such a file is taken for a cut one"),
  damaged_text: z
    .literal("keep")
    .optional()
    .describe("Control and replacement characters and text encoded twice are loaded as they are"),
  unnamed_columns: z
    .literal("empty")
    .optional()
    .describe("Columns without a name are let through if they are empty throughout"),
  max_megabytes: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("Unpacked size at which the file is refused"),
  currency_sign: z
    .string()
    .min(1)
    .max(4)
    .optional()
    .describe(
      "A sign or code before or after amounts, such as $ or EUR; any: whichever. If of one currency, it says the row's where no column does; a row of which the two differ is refused"
    ),
  signs: z
    .record(
      z.string().min(1).max(4),
      z.string().regex(/^[A-Z]{3}$/, "expected a three-letter currency code such as SEK")
    )
    .optional()
    .describe(
      "What a sign of several currencies means in this file: ¥ is JPY or CNY, kr is DKK, ISK, NOK or SEK"
    ),
  negative: z
    .enum(["parentheses", "trailing_minus"])
    .optional()
    .describe("How negative numbers are written beside -5: (5) or 5-"),
  earliest: isoDay.optional().describe("The first day a date may name; 1970-01-02 if absent"),
  latest: isoDay
    .optional()
    .describe("The last day a date may name; 20 years after as_of, or 2069-12-31, if absent")
};

const share = z.number().nonnegative();

/** How far a file may move from the last run before a person has to say that the change is real. */
export const boundsSchema = z
  .strictObject({
    records_fall: share.max(1).default(0.5).describe("Share of the records that may be gone"),
    records_rise: share.default(3).describe("Share of the records that may be new: 3 is four times as many"),
    amount_fall: share.max(1).default(0.5).describe("Share by which a total of amounts may fall"),
    amount_rise: share.default(3).describe("Share by which a total of amounts may rise")
  })
  .describe("Limits on the change from the last run; --accept FILE lets one real change through");

/** Lengths an id may have; where it is given, an id that lost its zeros is seen. */
export const idLength = z
  .union([z.number().int().positive(), z.array(z.number().int().positive()).min(1)])
  .optional()
  .describe("Characters an id has: 18, or [15, 18]");

export type Bounds = z.infer<typeof boundsSchema>;

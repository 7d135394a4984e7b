/**
 * What an audience asks for must be there: pages, slices, columns, and pages only where they can be true. Values of slices are only known
 * once the exports are read.
 */

import {PAGE_KEYS} from "../../src/slices/sitePages.ts";
import {WHOLE_FIRM_PAGES} from "../../src/slices/wholeFirmPages.ts";
import type {Problem} from "../weirError.ts";
import {type Audience, hasSomeDeals, isOfOnePartner, isOutside} from "./audienceSchema.ts";
import {CANONICAL_TABLE_NAMES, type CanonicalTableName, canonicalTable} from "./canonicalTables.ts";
import type {Workspace} from "./schema.ts";
import {STANDARD_SLICES} from "./standardSlices.ts";
import {unknownName} from "./unknownName.ts";

type At = (path: (string | number)[], problem: Omit<Problem, "file" | "line" | "field">) => Problem;

/** Columns that no site can do without. */
const NEEDED = canonicalTable("deal").required.map((column) => `deal.${column}`);

/** All problems of `audiences`. */
export function checkAudiences(config: Workspace, at: At): Problem[] {
  const slices = sliceColumns(config);
  const columns = publishableColumns(config);
  return Object.entries(config.audiences).flatMap(([key, audience]) => {
    const {pages, rows, each, show, hide, likely_matches} = audience;
    const problems: Problem[] = [];
    const of = (path: (string | number)[], kind: string, value: string, known: readonly string[]) => {
      if (!known.includes(value))
        problems.push(at(["audiences", key, ...path], unknownName(kind, value, known)));
    };
    for (const [index, page] of pages.entries()) of(["pages", index], "page", page, PAGE_KEYS);
    for (const [index, page] of pages.entries()) {
      const problem = untrue(page, audience, config);
      if (problem) problems.push(at(["audiences", key, "pages", index], problem));
    }
    for (const slice of Object.keys(rows ?? {})) of(["rows", slice], "slice", slice, slices);
    if (each !== undefined) of(["each"], "slice", each, slices);
    for (const list of ["show", "hide"] as const)
      for (const [index, column] of (list === "show" ? show : hide).entries())
        of([list, index], "column", column, ofItsTable(column, columns));
    if (likely_matches !== undefined && !(isOutside(audience) && (each === "partner" || rows?.["partner"])))
      problems.push(
        at(["audiences", key, "likely_matches"], {
          what: "only a partner's own site asks how its deals are known",
          value: String(likely_matches),
          expected: "an audience outside with each: partner or rows by partner"
        })
      );
    for (const column of hide.filter((each) => NEEDED.includes(each)))
      problems.push(
        at(["audiences", key, "hide", hide.indexOf(column)], {
          what: "a site is of deals, and a deal is nothing without it",
          value: column,
          expected: `columns other than ${NEEDED.join(", ")}`
        })
      );
    for (const column of show.filter((each) => hide.includes(each)))
      problems.push(
        at(["audiences", key, "hide", hide.indexOf(column)], {
          what: "the column is both shown and hidden",
          value: column,
          expected: "a column in show or in hide"
        })
      );
    return problems;
  });
}

/** Why a page cannot be on such a site; null where it can. */
function untrue(
  page: string,
  audience: Audience,
  {synthetic, generate, made_by}: Workspace
): Omit<Problem, "file" | "line" | "field"> | null {
  const reason = WHOLE_FIRM_PAGES[page];
  if (reason !== undefined && hasSomeDeals(audience))
    return {
      what: `the page is true of the whole firm alone: ${reason}`,
      value: page,
      expected: `of a site of some deals, pages among ${PAGE_KEYS.filter((key) => !(key in WHOLE_FIRM_PAGES)).join(", ")}`,
      fix: "take the page out, or give it to an audience without rows and each"
    };
  if (page === "compare" && hasSomeDeals(audience) && !isOfOnePartner(audience))
    return {
      what: "the page holds one partner against its peers, by all deals of that partner",
      value: page,
      expected: "a site of one partner: each: partner, or rows: {partner: [one]}, and no other rows",
      fix: "take the page out, or give each partner a site of its own"
    };
  if (page === "data-sheet" && !synthetic && !generate && !made_by)
    return {
      what: "the page tells how made-up exports were made, and these are not made up",
      value: page,
      expected: "the page on synthetic data alone",
      fix: "take the page out; data-quality tells of what the figures are made"
    };
  return null;
}

/** What deals of this workspace can be cut by: the standard slices and its own. */
export function sliceColumns({custom_attributes}: Pick<Workspace, "custom_attributes">): string[] {
  const own = custom_attributes.filter(({table, slice}) => table === "deal" && slice);
  return [...STANDARD_SLICES.map(({column}) => column), ...own.map(({name}) => `x_${name}`)];
}

/** Of a column of a known table, the columns of that table: all of them would be two hundred. */
function ofItsTable(column: string, columns: readonly string[]): readonly string[] {
  const own = columns.filter((each) => each.split(".")[0] === column.split(".")[0]);
  return own.length > 0 ? own : columns;
}

/** `table.column` of every column that exports may fill, custom attributes as x_<name>. */
function publishableColumns({custom_attributes}: Workspace): string[] {
  return CANONICAL_TABLE_NAMES.flatMap((table: CanonicalTableName) => [
    ...Object.keys(canonicalTable(table).columns).map((column) => `${table}.${column}`),
    ...custom_attributes.filter((each) => each.table === table).map(({name}) => `${table}.x_${name}`)
  ]);
}

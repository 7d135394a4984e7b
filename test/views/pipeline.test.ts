/** What the charts of Open pipeline say of their query. */
import {describe, expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import type {FactTable} from "../../src/slices/facts.js";
import type {SiteData} from "../../src/slices/site.js";
import type {Chosen, PageContext} from "../../src/views/pageContext.js";
import {OpenBy} from "../../src/views/pipeline.js";

/** One open deal an owner. */
function byOwner(nOwners: number): string {
  const every = Array.from({length: nOwners}, (_, i) => i);
  const ones = {kind: "number", values: every.map(() => 1)} as const;
  const deals: FactTable = {
    n: nOwners,
    columns: {
      owner: {kind: "key", words: every.map((i) => `Owner ${i}`), codes: every},
      n_open: ones,
      open_amount: {kind: "cents", values: every.map((i) => (i + 1) * 100)}
    }
  };
  const site = {
    currency: "USD",
    asOf: "2026-05-15",
    catalogue: readMetrics(),
    sql: {open_amount: "select 1"},
    dimensions: [{key: "owner", label: "Owner"}]
  } as unknown as SiteData;
  const chosen = {filters: {}, period: {from: "2026-04-01", to: "2026-06-30"}} as unknown as Chosen;
  const context: PageContext = {site, facts: {deals}};
  return OpenBy(context, chosen, "owner").textContent ?? "";
}

describe("the query of open pipeline by owner", () => {
  test("is of what is drawn where all owners are", () => {
    expect(byOwner(15)).toContain("-- The sum of what is drawn.");
  });

  test("is of all owners where the largest alone are drawn, and says so", () => {
    expect(byOwner(16)).toContain("the largest 15 of 16");
    expect(byOwner(16)).toContain("-- The sum of all of them; drawn are the largest 15.");
  });
});

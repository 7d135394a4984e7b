import {expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.js";
import type {SiteData} from "../../src/slices/site.js";
import {Glossary, playbookSource} from "../../src/views/playbook.js";

const site = (isRestricted: boolean | null) =>
  ({audience: isRestricted === null ? null : {isRestricted}}) as unknown as SiteData;

test("numbers of the whole firm's playbook are the firm's, those of a site of some deals are not", () => {
  expect(playbookSource(site(null))).toContain("this firm's own deals");
  expect(playbookSource(site(false))).toContain("this firm's own deals");
  expect(playbookSource(site(true))).toBe(
    "Stages and rules are the firm's, the numbers are from the deals that this site holds."
  );
});

test("a figure's definition says how to ask for it on the command line, but not to readers of a published site, who have none", () => {
  const catalogue = readMetrics();
  const glossaryOf = (audience: object | null) =>
    Glossary({site: {catalogue, audience} as unknown as SiteData, facts: {}}).querySelector(
      "#figure-win_rate"
    )!.textContent;
  expect(glossaryOf(null)).toContain("weir explain win_rate");
  expect(glossaryOf({title: "Board"})).not.toContain("weir explain");
});

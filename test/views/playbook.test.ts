import {expect, test} from "vitest";
import type {SiteData} from "../../src/slices/site.js";
import {playbookSource} from "../../src/views/playbook.js";

const site = (isRestricted: boolean | null) =>
  ({audience: isRestricted === null ? null : {isRestricted}}) as unknown as SiteData;

test("numbers of the whole firm's playbook are the firm's, those of a site of some deals are not", () => {
  expect(playbookSource(site(null))).toContain("this firm's own deals");
  expect(playbookSource(site(false))).toContain("this firm's own deals");
  expect(playbookSource(site(true))).toBe(
    "Stages and rules are the firm's, the numbers are from the deals that this site holds."
  );
});

import {expect, test} from "vitest";
import {leftOutKinds} from "../../src/slices/leftOutKinds.js";
import {audienceWords} from "../../src/views/audienceWords.js";
import {pageHref, pageLink, pointer} from "../../src/views/pageLinks.js";

const site = {pages: ["pipeline", "deals"]};
const textOf = (nodes: readonly (string | Node)[]) =>
  nodes.map((node) => (typeof node === "string" ? node : node.textContent)).join("");

test("a page of the site is linked, the first one where the site opens", () => {
  expect(pageHref(site, "deals", "?stage=a")).toBe("./deals?stage=a");
  expect(pageHref(site, "pipeline")).toBe("./");
  expect((pageLink(site, "deals", "Deals") as HTMLAnchorElement).getAttribute("href")).toBe("./deals");
});

test("of a page that the site does not have the words stay, and a sentence that only points there goes", () => {
  expect(pageHref(site, "forecast")).toBeNull();
  expect(pageLink(site, "forecast", "The forecast")).toBeInstanceOf(Text);
  expect(pointer(site, "At every horizon: ", "track-record", "Track record")).toEqual([]);
  expect(textOf(pointer({pages: ["track-record"]}, "See ", "track-record", "Track record"))).toBe(
    "See Track record."
  );
});

const audience = {
  title: "Acme Partners",
  isRestricted: true,
  rowsWords: "deals of partner Acme",
  leftOut: []
};

test("a page says for whom it is and what it holds", () => {
  expect(audienceWords({audience: null, nDeals: 42, asOf: "2026-09-30"})).toBeNull();
  expect(audienceWords({audience, nDeals: 42, asOf: "2026-09-30"})).toEqual({
    title: "Acme Partners",
    words: "The 42 deals of partner Acme, as of 30 Sep 2026."
  });
  expect(audienceWords({audience, nDeals: 1, asOf: "2026-09-30"})?.words).toContain(
    "The 1 deal of partner Acme,"
  );
  expect(audienceWords({audience, nDeals: 0, asOf: "2026-09-30"})?.words).toContain(
    "No deals of partner Acme so far"
  );
  const whole = {title: "the board", isRestricted: false, rowsWords: null, leftOut: []};
  expect(audienceWords({audience: whole, nDeals: 42, asOf: "2026-09-30"})?.words).toContain("All 42 deals,");
});

test("what is not included is said in words, the most missed first, and that there is more", () => {
  const of = (...hidden: string[]) =>
    audienceWords({audience: {...audience, leftOut: leftOutKinds(hidden)}, nDeals: 42, asOf: "2026-09-30"})
      ?.words;
  expect(of("deal.owner_id", "person.name")).toContain("Not included: names of account owners.");
  expect(of("deal.next_step", "deal.amount")).toContain("Not included: amounts and next steps.");
  expect(of("deal.next_step", "partner.manager_id")).toContain(
    "Not included: next steps and other internal fields."
  );
});

import {expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import type {PartnersFigures} from "../../src/figures/partners.js";
import type {Chosen, PageContext} from "../../src/views/pageContext.js";
import {PartnersPage, partnersAnswer} from "../../src/views/partners.js";

test("open deals that the CRM has as direct are said to be worth something only where an amount is stated", () => {
  const site = {currency: "USD", catalogue: readMetrics(), dimensions: []};
  const said = (unnamed: PartnersFigures["unnamed"]) =>
    PartnersPage(
      {site} as unknown as PageContext,
      {period: {label: "2026 Q2"}} as Chosen,
      {
        ...{hasPartners: true, ledger: [], mendCents: 0, toMend: {n: 0, list: []}, unnamed},
        origins: [{key: "direct", wonCents: 0, nWon: 0, openCents: 0, nOpen: 2, won: {n: 0, list: []}}]
      } as unknown as PartnersFigures
    ).textContent;
  expect(said({n: 2, cents: 0})).toContain("alone, 2 more open deals are direct:");
  expect(said({n: 1, cents: 500_00})).toContain("alone, 1 more open deal, worth $500, is direct:");
});

test("a partner that has registered and has no deal reads of its registrations alone", () => {
  const site = {
    currency: "USD",
    catalogue: readMetrics(),
    dimensions: [],
    nDeals: 0,
    audience: {isRestricted: true}
  };
  const list = [
    {customer: "Nowhere Limited", amount: 15, state: "rejected", submitted_on: 20_000, registration_id: "R2"}
  ];
  const context = {site} as unknown as PageContext;
  const chosen = {period: {label: "2026 Q2"}} as Chosen;
  const figures = {hasPartners: true, origins: [], own: {n: 1, list}} as unknown as PartnersFigures;
  const page = PartnersPage(context, chosen, figures).textContent;
  expect(page).toContain("Nowhere Limited");
  expect(page).not.toContain("Won");
  const said = [partnersAnswer(context, chosen, figures)]
    .flat()
    .map((each) => (each instanceof Node ? each.textContent : each));
  expect(said.join("")).toBe("1 registration, no deal so far.");
});

import {describe, expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import {type CompareData, comparePeers} from "../../src/slices/partners/compare/comparePeers.ts";
import {COMPARED, MEASURE_KEYS} from "../../src/slices/partners/compare/measures.ts";
import {COMPARE_RECORD} from "../../src/slices/partners/verdictRecord.ts";
import {
  ComparePage,
  chosenPartner,
  compareAnswer,
  compareQuestion,
  PartnerPick
} from "../../src/views/compare.ts";
import type {PageContext} from "../../src/views/pageContext.js";
import {compareRecordWords, figureRecordWords, verdictRecordWords} from "../../src/views/verdictRecord.ts";

const catalogue = readMetrics();

/** The firm's own site, or a partner's. */
function contextOf(isPartner: boolean): PageContext {
  const audience = isPartner ? {title: "Partner", isRestricted: true, rowsWords: null, leftOut: []} : null;
  const site = {currency: "USD", catalogue, dimensions: [], audience, pages: ["compare"]};
  return {site, facts: {}} as unknown as PageContext;
}

/** Ten dealers that win a quarter of twelve, and one that wins eleven; so many integrators with three of six. */
function firm(integrators: number): CompareData {
  const of = (kind: string, i: number, successes: number, trials: number) => ({
    ...{partnerId: `${kind} ${i}`, partner: `The ${kind} ${i}`, kind, tier: null},
    counts: {win_rate: {successes, trials}}
  });
  const dealers = Array.from({length: 11}, (_, i) => of("dealer", i, i === 10 ? 11 : 3, 12));
  const others = Array.from({length: integrators}, (_, i) => of("integrator", i, 3, 6));
  return {from: "2024-04-01", to: "2026-03-31", partners: comparePeers([...dealers, ...others], [])};
}

/** Eleven dealers that put off a quarter of their deals, but for one that puts off nearly all. */
function putOff(won: (dealer: number) => number | null = () => null): CompareData {
  const dealers = Array.from({length: 11}, (_, i) => {
    const successes = won(i);
    return {
      ...{partnerId: `dealer ${i}`, partner: `The dealer ${i}`, kind: "dealer", tier: null},
      counts: {
        pushed: {successes: i === 10 ? 11 : 3, trials: 12},
        ...(successes === null ? {} : {win_rate: {successes, trials: 12}})
      }
    };
  });
  return {...firm(0), partners: comparePeers(dealers, [])};
}

/** What a page says of a partner, in its own site or in the firm's. */
function said(isPartner: boolean, partnerId: string, data = firm(4)) {
  const context = contextOf(isPartner);
  const partner = chosenPartner(data, {partner: partnerId});
  const answer = document.createElement("p");
  answer.append(...[compareAnswer(context.site, partner) ?? ""].flat());
  return {answer: answer.textContent!, page: ComparePage(context, data, partner)};
}

describe("the page that compares a partner", () => {
  test("says in what a partner is above its peers, and of how much that cannot be told", () => {
    expect(said(true, "dealer 10").answer).toBe("Against 11 dealers, you are above in win rate.");
    expect(said(false, "dealer 10").answer).toBe("Against 11 dealers, The dealer 10 is above in win rate.");
    expect(said(true, "dealer 0").answer).toBe(
      "Against 11 dealers it cannot be told of win rate, the one figure there is to compare, that you are above or below: too little lies behind, or it is alike."
    );
  });

  test("of a small group says how many it has and that they would be known, and shows own figures alone", () => {
    const {answer, page} = said(true, "integrator 1");
    expect(answer).toBe(
      "Your group (integrators) has 4 partners: too few to compare without telling who they are. At least 6 are needed."
    );
    expect(page.textContent).toContain("Your own figures: the group is too small to be told");
    expect(page.textContent).toContain("you 50%");
    expect(page.textContent).toContain("group not told");
    expect(page.textContent).not.toContain("middle half of the group");
  });

  test("of a large group of which nothing may be told says so, and promises no band of it", () => {
    const dealers = Array.from({length: 8}, (_, i) => ({
      ...{partnerId: `D${i}`, partner: `The dealer ${i}`, kind: "dealer", tier: null},
      counts: {win_rate: i === 0 ? {successes: 40, trials: 90} : {successes: 1, trials: 3}}
    }));
    const {answer, page} = said(true, "D1", {...firm(4), partners: comparePeers(dealers, [])});
    expect(answer).toBe(
      "No figure of your group (8 dealers) may be told: each would tell of single partners."
    );
    expect(page.textContent).toContain("Your own figures: none of the group may be told");
    expect(page.textContent).not.toContain("Each figure beside");
  });

  test("draws the group's middle half under the own figure with its interval, each named", () => {
    const {page} = said(true, "dealer 10");
    const svg = page.querySelector("svg")!;
    expect(svg.getAttribute("aria-label")).toMatch(/^Each figure beside the middle half of the group/);
    const [bar] = svg.querySelectorAll("rect");
    const dot = svg.querySelector("circle")!;
    expect(Number(bar!.getAttribute("x")) + Number(bar!.getAttribute("width"))).toBeLessThan(
      Number(dot.getAttribute("cx"))
    );
    expect(svg.textContent).toContain("above the group: better");
    expect(svg.textContent).toContain("12 closed deals");
  });

  test("says beside its verdicts how often such verdicts were right, and of a group that is not told nothing of them", () => {
    const {page} = said(true, "dealer 10");
    const {right, told} = COMPARE_RECORD.figures.win_rate!;
    expect(page.querySelector("svg")!.textContent).toContain(`verdicts right ${right} of ${told}`);
    expect(page.textContent).toContain(compareRecordWords(11));
    expect(page.textContent).toContain("In groups of 12 where no partner differed");
    // Nothing is told of the others, and nothing of how right it would be.
    for (const partner of ["integrator 1", "dealer 0"])
      expect(said(true, partner).page.querySelector("figure, .weir-chart")!.textContent).not.toContain(
        "made-up"
      );
    expect(figureRecordWords("approval")).toBe("not judged");
    // Rounded to the side that promises less.
    expect(verdictRecordWords({right: 199, told: 200, falseTold: 1, alike: 200})).toBe(
      "On made-up firms where the truth is known, such verdicts were right 99 of 100 times; where no partner differed from another, one was given in 1 of 100 comparisons."
    );
  });

  test("tells no verdict on a figure whose verdicts are known to be right less often than they say", () => {
    const {page, answer} = said(true, "dealer 10", putOff());
    const {right, told} = COMPARE_RECORD.figures.pushed!;
    expect(putOff().partners[10]!.measures.find(({key}) => key === "pushed")!.verdict).toBe("above");
    expect(answer).toBe(
      "Against 11 dealers: of deals put off to a later month no side is told: such verdicts were wrong too often where the truth is known."
    );
    expect(page.querySelector("svg")!.textContent).toContain(`verdicts right ${right} of ${told}not told`);
    expect(page.textContent).toContain(`right ${right} of ${told}: not told`);
    expect(page.textContent).not.toContain("above the group");
    const besides = "Of deals put off to a later month no side is told: such verdicts were wrong too often";
    const middling = said(
      true,
      "dealer 10",
      putOff((dealer) => (dealer === 10 ? 5 : 3 + (dealer % 5)))
    ).answer;
    expect(middling).toContain("it cannot be told of 1 figure that you are above or below");
    expect(middling).toContain(besides);
    const better = said(
      true,
      "dealer 10",
      putOff((dealer) => (dealer === 10 ? 12 : 2 + (dealer % 5)))
    ).answer;
    expect(better).toContain(`you are above in win rate. ${besides}`);
  });

  test("lets the firm's own people choose a partner, and a partner nobody", () => {
    const data = firm(4);
    const options = (isPartner: boolean) =>
      PartnerPick(contextOf(isPartner).site, data).querySelectorAll("option").length;
    expect([options(false), options(true)]).toEqual([15, 0]);
    expect(compareQuestion(contextOf(false).site)).toBe("What is a partner told of its peers?");
    expect(compareQuestion(contextOf(true).site)).toBe("How do you compare with partners like you?");
  });

  test("names two ids of one name apart in the choice", () => {
    const data = firm(0);
    const partners = data.partners.map((each, i) => (i < 2 ? {...each, partner: "Acme"} : each));
    const pick = PartnerPick(contextOf(false).site, {...data, partners});
    const labels = [...pick.querySelectorAll("option")].map(({textContent}) => textContent);
    expect(labels.slice(0, 3)).toEqual(["Acme (dealer 0)", "Acme (dealer 1)", "The dealer 10"]);
  });

  test("without anything to compare says why", () => {
    const {site} = contextOf(true);
    expect(compareAnswer(site, chosenPartner(null, {}))).toBeNull();
    expect(ComparePage(contextOf(true), null, null).textContent).toContain("There is nothing to compare");
    const none = {from: "2024-04-01", to: "2026-03-31", partners: []};
    expect(ComparePage(contextOf(false), none, chosenPartner(none, {})).textContent).toContain(
      "The exports hold no partners."
    );
  });

  test("defines each figure in the catalogue, good in the same direction", () => {
    for (const key of MEASURE_KEYS)
      expect(catalogue.definitions[`compare_${key}`], key).toMatchObject({
        unit: COMPARED[key].unit,
        ...(COMPARED[key].goodWhen ? {good_when: COMPARED[key].goodWhen} : {})
      });
  });
});

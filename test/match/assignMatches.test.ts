import {describe, expect, test} from "vitest";
import {type AssignInput, assignMatches} from "../../loaders/match/assignMatches.ts";
import fc from "../support/fc.ts";

const THRESHOLDS = {match_at: 0.84, unsure_at: 0.6, lead: 0.04};

function assign(
  input: Partial<AssignInput> & {scores?: [string, string, number][]; partners?: Record<string, string>}
) {
  const {scores = [], partners = {}, ...rest} = input;
  const ids = [...new Set([...scores.map(([id]) => id), ...Object.keys(partners)])].sort();
  return new Map(
    assignMatches({
      registrations: ids.map((id) => ({id, partnerId: partners[id] ?? `of ${id}`, statedDealId: null})),
      dealIds: new Set(["D1", "D2", "D3"]),
      decisions: [],
      candidates: scores.map(([registrationId, dealId, score]) => ({
        registrationId,
        dealId,
        score,
        evidence: () => ""
      })),
      thresholds: THRESHOLDS,
      ...rest
    }).map((match) => [match.registrationId, match])
  );
}

describe("which registration is which deal", () => {
  test("a clear best deal is a match, a close second makes it unsure, a low score leaves it unmatched", () => {
    const matches = assign({
      scores: [
        ["R1", "D1", 0.95],
        ["R1", "D2", 0.7],
        ["R2", "D2", 0.95],
        ["R2", "D3", 0.94],
        ["R3", "D3", 0.7],
        ["R4", "D3", 0.5]
      ]
    });
    expect([...matches.values()].map(({status, dealId}) => [status, dealId])).toEqual([
      ["matched", "D1"],
      ["unsure", "D2"],
      ["unsure", "D3"],
      ["unmatched", null]
    ]);
    expect(matches.get("R2")).toMatchObject({secondDealId: "D3", secondScore: 0.94});
  });

  test("a person's decision stands above a stated id, a stated id above a score", () => {
    const matches = assign({
      registrations: [
        {id: "R1", partnerId: "P1", statedDealId: "D1"},
        {id: "R2", partnerId: "P2", statedDealId: "D2"},
        {id: "R3", partnerId: "P3", statedDealId: "D3"}
      ],
      decisions: [
        {registrationId: "R1", dealId: "D3", by: "Ann", why: "called the customer"},
        {registrationId: "R3", dealId: null, by: null, why: null}
      ],
      scores: [["R2", "D1", 0.99]]
    });
    expect(matches.get("R1")).toMatchObject({
      status: "matched",
      basis: "decision",
      dealId: "D3",
      evidence: "decided by Ann: called the customer"
    });
    expect(matches.get("R2")).toMatchObject({
      status: "matched",
      basis: "stated id",
      dealId: "D2",
      score: null
    });
    expect(matches.get("R3")).toMatchObject({status: "unmatched", basis: "decision", dealId: null});
  });

  test("a stated deal that the CRM does not have is said, and the scores decide", () => {
    const stated = [{id: "R1", partnerId: "P1", statedDealId: "GONE"}];
    expect(assign({registrations: stated}).get("R1")).toMatchObject({
      status: "unmatched",
      evidence: "states deal GONE, which the CRM does not have; no deal is like it"
    });
    expect(assign({registrations: stated, scores: [["R1", "D1", 0.9]]}).get("R1")).toMatchObject({
      dealId: "D1"
    });
  });

  test("two partners may have the same deal; one partner's second registration of it is for a person", () => {
    const scores: [string, string, number][] = [
      ["R1", "D1", 0.95],
      ["R2", "D1", 0.94],
      ["R3", "D1", 0.93]
    ];
    const matches = assign({scores, partners: {R1: "P1", R2: "P2", R3: "P1"}});
    expect([...matches.values()].map(({status, dealId}) => [status, dealId])).toEqual([
      ["matched", "D1"],
      ["matched", "D1"],
      ["unsure", "D1"]
    ]);
    expect(matches.get("R3")!.evidence).toContain("the same partner's registration R1 has this deal");
  });

  test("a partner's second registration takes the customer's other deal", () => {
    const matches = assign({
      scores: [
        ["R1", "D1", 0.97],
        ["R2", "D1", 0.93],
        ["R2", "D2", 0.92]
      ],
      partners: {R1: "P1", R2: "P1"}
    });
    expect(matches.get("R2")).toMatchObject({status: "matched", dealId: "D2"});
  });

  test("every registration gets one answer, whatever the order of the candidates", () => {
    const id = (letter: string) => fc.integer({min: 1, max: 4}).map((n) => `${letter}${n}`);
    const score = fc.tuple(
      id("R"),
      id("D"),
      fc.integer({min: 50, max: 100}).map((n) => n / 100)
    );
    const scores = fc.uniqueArray(score, {selector: ([r, d]) => `${r} ${d}`});
    fc.assert(
      fc.property(scores, fc.infiniteStream(fc.double({min: 0, max: 1, noNaN: true})), (given, random) => {
        const partners = {R1: "P1", R2: "P1", R3: "P2", R4: "P2"};
        const shuffled = given
          .map((each) => ({each, at: random.next().value}))
          .sort((a, b) => a.at - b.at)
          .map(({each}) => each);
        const matches = assign({scores: given, partners});
        expect(matches.size).toBe(4);
        expect(assign({scores: shuffled, partners})).toEqual(matches);
        const held = [...matches.values()].filter(({status}) => status === "matched");
        const claims = held.map((m) => `${partners[m.registrationId as "R1"]} ${m.dealId}`);
        expect(new Set(claims).size).toBe(claims.length);
      })
    );
  });
});

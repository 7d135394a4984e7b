/** A twin a year before its exports end: what became of its open deals since, and what was planted, judge the estimates. */
import {beforeAll, describe, expect, test} from "vitest";
import {type JudgedMarketing, judgedMarketing} from "./twinMarketing.ts";

describe("marketing of the software twin as of a year ago", () => {
  let judged: JudgedMarketing;
  beforeAll(async () => {
    judged = await judgedMarketing("software", 1500, 2, "2025-05-22");
  });

  test("gives each deal the campaign that was planted as its source", () => {
    expect(judged.nSourced).toBeGreaterThan(150);
    expect(judged.nAgreed / judged.nSourced).toBeGreaterThan(0.98);
  });

  test("projects what open deals brought since, channel by channel and in all", () => {
    const {rows, channels} = judged;
    const each = channels.map(({channel, wonLater}) => ({
      wonLater,
      ...rows.channels.find(({name}) => name === channel)!.dealsToCome
    }));
    expect(each.length).toBeGreaterThanOrEqual(5);
    const held = each.filter(({wonLater, lo, hi}) => wonLater >= lo && wonLater <= hi).length;
    // 80 % intervals of seven channels: fewer than four hold once in thirty firms.
    expect(held / each.length).toBeGreaterThan(0.55);
    const came = each.reduce((sum, {wonLater}) => sum + wonLater, 0);
    const expected = rows.total!.dealsToCome.mean;
    expect(Math.abs(came - expected)).toBeLessThan(3 * Math.sqrt(expected) + 1);
  });

  test("does not find a bend of spend where none was planted", () => {
    const [curve] = judged.data.curves;
    expect(Math.abs(curve!.elasticity)).toBeLessThan(3 * Math.sqrt(curve!.varElasticity));
  });

  test("credits under every model the same total, within the envelope of marketing's share", () => {
    const {data} = judged;
    const totals = data.models.map((_, i) => data.credits.reduce((sum, unit) => sum + unit.credits[i]!, 0));
    expect(totals[0]).toBeGreaterThan(0);
    for (const total of totals) expect(Math.abs(total - totals[0]!)).toBeLessThan(0.5);
    for (const part of data.envelope)
      expect(part.partnerAmount + part.marketingAmount + part.salesAmount).toBeCloseTo(part.amount, 1);
  });

  test("knows nothing of what came after the day", () => {
    expect(judged.data.asOf).toBe("2025-05-22");
    const later = judged.data.campaigns.filter(
      ({startsOn}) => startsOn !== null && startsOn > judged.data.asOf
    );
    expect(later.length).toBeGreaterThan(3);
    expect(later.filter(({cost}) => cost !== 0)).toEqual([]);
    expect(judged.rows.total!.nTouches).toBeGreaterThan(500);
    expect(judged.data.doubts.find(({doubt}) => doubt === "touch after the as-of day")!.n).toBeGreaterThan(
      100
    );
  });
});

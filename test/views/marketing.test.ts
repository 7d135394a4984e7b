import {describe, expect, test} from "vitest";
import {readMetrics} from "../../loaders/metrics/readMetrics.ts";
import type {CampaignEffects} from "../../src/figures/marketing.js";
import type {CausedBy, CausedDeals} from "../../src/slices/marketing/causedDeals.js";
import {titleOf} from "../../src/views/marketingCaused.js";
import {ChannelEffects} from "../../src/views/marketingEffect.js";
import type {PageContext} from "../../src/views/pageContext.js";

describe("what campaigns caused", () => {
  const range = (estimate: number, half: number) => ({estimate, lo: estimate - half, hi: estimate + half});
  const unit = (name: string, created: number, before: number): CausedBy => ({
    ...{unit: name, reason: null, credited: 50},
    ...{created: range(created, 20), won: null, money: null, before: range(before, 20)}
  });

  test("is not claimed of a channel whose deals were up before its campaigns began", () => {
    const units = [unit("event", 90, 5), unit("webinar", 60, 40)];
    expect(titleOf({units, reason: null} as unknown as CausedDeals)).toBe(
      "Event caused deals that would not have come; webinar not to be trusted: other deals than usual before"
    );
  });
});

describe("win rates of campaigns' deals", () => {
  const effect = (channel: string, imbalance: number) => ({
    channel,
    alike: ["segment"],
    robust: {
      ...{difference: 0.1, lo: 0.05, hi: 0.15, overlap: 1, nWorth: 80},
      ...{imbalanceRaw: 1.5, imbalance, nTreated: 100, nOthers: 900}
    }
  });
  const said = (...effects: CampaignEffects["effects"]) =>
    ChannelEffects({site: {currency: "USD", catalogue: readMetrics()}} as unknown as PageContext, {effects})
      .textContent;

  test("say which channels' deals are not quite like those they are compared with", () => {
    const text = said(effect("All campaigns", 0.3), effect("event", 0.05), effect("email", 0.4));
    expect(text).toContain("); they are not quite alike");
    expect(text).toContain("may be that of other deals: All campaigns, email.");
    expect(said(effect("All campaigns", 0.04))).not.toContain("not quite alike");
  });
});

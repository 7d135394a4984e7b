/** What campaigns make of their deals, apart from credit; and what exports cannot say of it. */
import {Chart} from "../components/chart.js";
import {RangeRows} from "../components/charts/rangeRows.js";
import {count, percent, signed} from "../components/format.js";
import type {CampaignEffects} from "../figures/marketing.js";
import type {ChannelEffect} from "../slices/marketing/channelEffect.js";
import {alikeWords, areAlike} from "./alike.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

/** Win rates of the deals each channel sourced against like deals that no campaign touched. */
export function ChannelEffects(context: PageContext, {effects}: CampaignEffects): HTMLElement {
  const rows = effects.map(({channel, robust}) => ({
    label: channel,
    value: robust.difference,
    lo: robust.lo,
    hi: robust.hi,
    n: robust.nTreated,
    overlap: robust.overlap,
    worth: robust.nWorth === null ? null : Math.round(robust.nWorth),
    balance: alikeWords(robust),
    said: [
      `${count(robust.nTreated)} deals`,
      ...(robust.overlap === null ? [] : [`${percent(robust.overlap)} have like ones`])
    ]
  }));
  const drawn = rows.flatMap((row) =>
    row.value === null || row.lo === null || row.hi === null
      ? []
      : [{...row, value: row.value, lo: row.lo, hi: row.hi}]
  );
  const silent = rows.filter(({value}) => value === null).map(({label}) => label);
  const unlike = effects.filter(({robust}) => robust.difference !== null && !areAlike(robust));
  const [all] = effects;
  const held = all && all.alike.length > 0 ? `Held alike: ${all.alike.join(", ")}. ` : "";
  return Chart({
    title: titleOf(all),
    subtitle:
      "Win rate of the deals a channel sourced against like deals that no campaign touched, in points, doubly robust, with 95% intervals; all closed deals",
    rows: drawn.length > 0 ? rows : [],
    columns: [
      {key: "label", label: "Channel", unit: "text"},
      {key: "value", label: "Difference", unit: "ratio", missing: "not enough data"},
      {key: "lo", label: "95% from", unit: "ratio", missing: ""},
      {key: "hi", label: "95% to", unit: "ratio", missing: ""},
      {key: "n", label: "Closed deals", unit: "count"},
      {key: "overlap", label: "Have like deals", unit: "ratio", missing: "none"},
      {key: "balance", label: "Alike after weighing?", unit: "text", missing: ""},
      {key: "worth", label: "Others worth", unit: "count", missing: ""}
    ],
    name: "campaign-effect",
    how: definitionOf(context, "campaign_effect"),
    note: `${held}${silent.length > 0 ? `Not enough data, or no like deals: ${silent.join(", ")}. ` : ""}${
      unlike.length > 0
        ? `Not quite alike even after weighing, so that part of the difference may be that of other deals: ${unlike.map(({channel}) => channel).join(", ")}. `
        : ""
    }Whether the deals would have come without the campaign is another question: below, regions are compared week by week.`,
    empty: {
      reason: "Too few closed deals of campaigns have like deals that no campaign touched.",
      action: "A comparison takes twenty on each side, five won and five lost."
    },
    render: (width) =>
      RangeRows({
        rows: drawn,
        width,
        unit: "ratio",
        isDifference: true,
        meaning: "forecast",
        words: {value: "difference of win rates", range: "95% interval"}
      })
  });
}

function titleOf(effect: ChannelEffect | undefined): string {
  const {difference, lo, hi} = effect?.robust ?? {difference: null, lo: null, hi: null};
  if (!effect || difference === null || lo === null || hi === null) return "Do campaigns bring better deals?";
  const doubt = areAlike(effect.robust) ? "" : "; they are not quite alike";
  const range = `${signed(difference, "ratio")} (${signed(lo, "ratio")} to ${signed(hi, "ratio")})${doubt}`;
  if (lo > 0) return `Campaign deals are won more often than like ones without: ${range}`;
  if (hi < 0) return `Campaign deals are won less often than like ones without: ${range}`;
  return `Whether campaign deals are won more often than like ones cannot be told: ${range}`;
}

/** What campaigns caused beside what they are credited with: a comparison of regions, week by week. */
import {html} from "htl";
import {Chart} from "../components/chart.js";
import {RangeRows} from "../components/charts/rangeRows.js";
import {DataTable} from "../components/dataTable.js";
import {count, money} from "../components/format.js";
import type {MarketingFrame} from "../figures/marketing.js";
import {type CausedBy, type CausedDeals, costPerCaused} from "../slices/marketing/causedDeals.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";

/** Channels, and kinds where these are others; of all campaigns, whatever the filters. */
export function CausedBesideCredited(context: PageContext, data: MarketingFrame): HTMLElement {
  const {channel, kind} = data.caused;
  // Each kind a channel of its own: one table says it all.
  const names = ({units}: CausedDeals) =>
    units
      .map(({credited}) => credited)
      .sort((a, b) => a - b)
      .join();
  return html`<div class="weir-stack">
    ${CausedChart(context, channel)}
    ${CausedTable(context, data, "channel")}
    ${names(channel) === names(kind) ? null : CausedTable(context, data, "kind")}
    ${CampaignsThatCaused(context, data)}
  </div>`;
}

function CausedChart(context: PageContext, caused: CausedDeals): HTMLElement {
  const rows = caused.units.flatMap(({unit, created, credited}) =>
    created
      ? [
          {
            label: unit,
            value: Math.round(created.estimate),
            lo: Math.round(created.lo),
            hi: Math.round(created.hi),
            mark: credited
          }
        ]
      : []
  );
  rows.sort((a, b) => b.value - a.value);
  const silent = caused.units.filter(({created}) => !created);
  const reasons = [...new Set(silent.map(({reason}) => reason))].map(
    (reason) =>
      `${silent.flatMap((each) => (each.reason === reason ? [each.unit] : [])).join(", ")}: ${lower(reason)}`
  );
  const lag =
    caused.lagDays === null
      ? ""
      : ` Between a day of a campaign and the deal lie ${count(Math.round(caused.lagDays))} days on average, as fits best.`;
  const below = caused.units.filter(({created}) => created && created.hi < 0).map(({unit}) => unit);
  const odd =
    below.length > 0
      ? ` Below nought (${below.join(", ")}): fewer deals came where and while it ran; campaigns hardly drive customers away, so take it for chance or for something else that happened there.`
      : "";
  const left =
    caused.nWithoutRegion > 0 ? ` ${count(caused.nWithoutRegion)} without a region are left out.` : "";
  return Chart({
    title: titleOf(caused),
    subtitle: `First deals of customers that would not have come, with 95% intervals, against those credited; all campaigns, ${count(caused.nArrivals)} first deals in ${count(caused.nRegions)} regions over ${count(caused.nWeeks)} weeks`,
    rows,
    columns: [
      {key: "label", label: "Channel", unit: "text"},
      {key: "mark", label: "Credited", unit: "count"},
      {key: "value", label: "Caused", unit: "count"},
      {key: "lo", label: "95% from", unit: "count"},
      {key: "hi", label: "95% to", unit: "count"}
    ],
    name: "caused-and-credited",
    how: definitionOf(context, "campaign_caused"),
    note: `Each week the regions where a channel runs are compared with those where it does not; what can be told grows with the times a channel runs in some regions and not in others.${lag}${odd}${left}${reasons.length > 0 ? ` Not told: ${reasons.join(" ")}` : ""}`,
    empty: {
      reason: caused.reason ?? "No channel can be compared.",
      action:
        "It takes campaigns that say in which regions they run (campaign.region), and that do not run everywhere at once."
    },
    render: (width) =>
      RangeRows({
        rows,
        width,
        unit: "count",
        meaning: "forecast",
        words: {value: "caused", range: "95% interval", mark: "credited"}
      })
  });
}

/** What can be said of the channels together: none that had more or fewer deals than usual before its campaigns, as the table's check says. */
export function titleOf({units, reason}: CausedDeals): string {
  const told = units.filter(({created, before}) => created && !isOff(before));
  if (reason !== null || told.length === 0) return "What campaigns caused cannot be told";
  const off = units.flatMap(({unit, created, before}) => (created && isOff(before) ? [unit] : []));
  const surely = told.filter(({created}) => created!.lo > 0).map(({unit}) => unit);
  const lessThanCredited = told.filter(({created, credited}) => created!.hi < credited).map(({unit}) => unit);
  const words = [
    surely.length > 0
      ? `${surely.join(", ")} caused deals that would not have come`
      : "No channel surely caused deals that would not have come",
    ...(lessThanCredited.length > 0 ? [`${lessThanCredited.join(", ")} fewer than credited`] : []),
    ...(told.length > surely.length && surely.length > 0
      ? [`of ${count(told.length - surely.length)} more it may be none`]
      : []),
    ...(off.length > 0 ? [`${off.join(", ")} not to be trusted: other deals than usual before`] : [])
  ];
  const said = words.join("; ");
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function lower(reason: string | null): string {
  return reason ? `${reason.charAt(0).toLowerCase()}${reason.slice(1)}` : "";
}

/** Deals and money, credited and caused, cost a caused deal, and the weeks before as a check. */
function CausedTable(context: PageContext, data: MarketingFrame, by: "channel" | "kind"): HTMLElement {
  const {currency} = context.site;
  const credit = by === "channel" ? data.credit : [];
  const whole = (value: number) => count(Math.round(value));
  const cash = (value: number) => money(value, currency);
  const span = (range: CausedBy["created"], say: (value: number) => string) =>
    range ? `${say(range.lo)} to ${say(range.hi)}` : null;
  const rows = data.caused[by].units.map((each) => {
    const cost = data.costs[by][each.unit] ?? null;
    const price = costPerCaused(cost, each.created);
    const models = credit.find(({unit}) => unit === each.unit);
    return {
      unit: each.unit,
      cost,
      credited: each.credited,
      caused: each.created && Math.round(each.created.estimate),
      range: span(each.created, whole),
      models: models ? `${cash(models.lowest)} to ${cash(models.highest)}` : null,
      money: each.money && Math.round(each.money.estimate),
      moneyRange: span(each.money, cash),
      price: price?.estimate ?? null,
      priceRange: price
        ? `${cash(price.lo)} ${price.hi === null ? "or more" : `to ${cash(price.hi)}`}`
        : null,
      before: each.before && Math.round(each.before.estimate),
      beforeRange: span(each.before, whole),
      check: checked(each)
    };
  });
  return DataTable(
    rows,
    [
      {key: "unit", label: by === "channel" ? "Channel" : "Kind", unit: "text"},
      {key: "credited", label: "First deals credited", unit: "count", total: true},
      {key: "caused", label: "Caused", unit: "count", missing: "not told"},
      {key: "range", label: "95%", unit: "text", missing: ""},
      {key: "cost", label: "Cost", unit: "money", currency, missing: "not known"},
      {key: "price", label: "Cost a caused deal", unit: "money", currency, missing: "not told"},
      {key: "priceRange", label: "95%", unit: "text", missing: ""},
      ...(by === "channel"
        ? [
            {
              key: "models" as const,
              label: "Won money credited, ten models",
              unit: "text" as const,
              missing: "none"
            }
          ]
        : []),
      {key: "money", label: "Won money caused", unit: "money", currency, missing: "not told"},
      {key: "moneyRange", label: "95%", unit: "text", missing: ""},
      {key: "before", label: "Above usual, 8 weeks before", unit: "count", missing: ""},
      {key: "beforeRange", label: "95%", unit: "text", missing: ""},
      {key: "check", label: "Check", unit: "text"}
    ],
    {
      caption:
        by === "channel" ? "Credited and caused, by channel" : "Credited and caused, by kind of campaign",
      showCaption: true,
      pageSize: Math.max(2, rows.length + 1),
      search: false,
      empty: {reason: data.caused[by].reason ?? "No campaign has dates."}
    }
  );
}

/** More or fewer deals than usual in the weeks before, as far as can be told. */
function isOff(before: CausedBy["before"]): boolean {
  return before !== null && (before.lo > 0 || before.hi < 0);
}

/** What the weeks before say: a campaign cannot have caused deals before it began. */
function checked({before, reason}: CausedBy): string {
  if (reason) return reason;
  if (!before) return "";
  if (before.lo > 0) return "deals were up already: do not trust";
  if (before.hi < 0) return "deals were down before: do not trust";
  return "as usual before";
}

/** Single campaigns of which it can be said that they caused something. */
function CampaignsThatCaused({site}: PageContext, data: MarketingFrame): HTMLElement {
  const {campaigns, reason} = data.caused.channel;
  const rows = data.sure.map(({caused, ...campaign}) => ({
    ...campaign,
    caused: Math.round(caused.estimate),
    range: `${count(Math.round(caused.lo))} to ${count(Math.round(caused.hi))}`
  }));
  if (reason !== null) return html`<span></span>`;
  const chance = Math.round(0.025 * campaigns.length);
  return DataTable(
    rows,
    [
      {key: "name", label: "Campaign", unit: "text"},
      {key: "channel", label: "Channel", unit: "text"},
      {key: "startsOn", label: "Began", unit: "date", missing: "no dates"},
      {key: "cost", label: "Cost", unit: "money", currency: site.currency, missing: "not known"},
      {key: "caused", label: "Caused", unit: "count"},
      {key: "range", label: "95%", unit: "text"}
    ],
    {
      caption: `Single campaigns that surely caused deals: ${count(rows.length)} of the ${count(campaigns.length)} newest, where luck alone would show ${count(chance)}`,
      showCaption: true,
      pageSize: 8,
      search: false,
      empty: {
        reason: `Of none of ${count(campaigns.length)} single campaigns can it be said: each brings too few deals beside those that come anyway.`
      }
    }
  );
}

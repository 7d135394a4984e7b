/** Onboard and enable: how long new partners take, and whether trained ones do better. */
import {Chart} from "../../components/chart.js";
import {Dots} from "../../components/charts/dots.js";
import {Survival} from "../../components/charts/survival.js";
import {DataTable} from "../../components/dataTable.js";
import {count, days, percent} from "../../components/format.js";
import {colour, tint} from "../../components/palette.js";
import {definitionOf} from "../metricKpi.js";
import {inWords, type LifeCycle, listDeals, NO_PARTNERS, NO_PROGRAMME, Phase, points} from "./context.js";

/** Days from signing to the first registration and the first win. */
export function Onboard({context, figures}: LifeCycle): HTMLElement {
  const {curves, nEarly, nUndated, waiting} = figures.onboard;
  const rows = curves.flatMap(({group, curve}) => curve.map((point) => ({...point, group})));
  const halves = curves.map(
    ({group, half}) =>
      `${group.split(",")[0]!.toLowerCase()}: ${half === null ? "fewer than half so far" : `half within ${days(half)}`}`
  );
  const left = [
    ...(nEarly > 0 ? [`${count(nEarly)} partners signed before the exports begin and are left out`] : []),
    ...(nUndated > 0 ? [`of ${count(nUndated)} the exports do not say when they signed`] : [])
  ];
  const said = halves.join("; ");
  const chart = Chart({
    title: rows.length > 0 ? `${said.charAt(0).toUpperCase()}${said.slice(1)}` : "How long new partners take",
    subtitle: "Share of partners still waiting by days, with 95% bands; those still waiting count as such",
    rows,
    columns: [
      {key: "group", label: "Wait", unit: "text"},
      {key: "t", label: "Day", unit: "days"},
      {key: "s", label: "Still waiting", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "nAtRisk", label: "At risk", unit: "count"}
    ],
    name: "partner-onboarding",
    how: definitionOf(context, "partner_onboarding"),
    note: left.length > 0 ? `${left.join("; ").replace(/^o/, "O")}.` : null,
    empty:
      figures.nPartners > 0
        ? {
            reason: "The exports say neither when partners signed nor when they registered first.",
            action: "Map signed_on of the partner list, or the portal's registrations."
          }
        : NO_PARTNERS,
    render: (width) =>
      Survival({
        rows,
        width,
        meaning: "partner",
        colours: curves.length > 1 ? [colour("partner"), tint("partner", 0.55)] : [colour("partner")],
        words: "still waiting"
      })
  });
  const list = DataTable(
    waiting.list,
    [
      {key: "partner", label: "Partner", unit: "text"},
      {key: "waits", label: "Waits", unit: "text"},
      {key: "days", label: "Since", unit: "days"},
      {key: "tier", label: "Tier", unit: "text", missing: "none"},
      {key: "region", label: "Region", unit: "text", missing: "none"},
      {key: "signed", label: "Signed", unit: "date", missing: "not said"},
      {key: "registered", label: "First registration", unit: "date", missing: "none yet"},
      {key: "n", label: "Registrations", unit: "count"}
    ],
    {
      of: waiting.n,
      caption: "Partners that have not won yet, the longest wait first",
      showCaption: true,
      pageSize: 8,
      search: false,
      empty:
        figures.nPartners > 0 ? {reason: "Every partner with a known beginning has won a deal."} : NO_PARTNERS
    }
  );
  return Phase(
    {id: "onboard", name: "Onboard", question: "How long until a new partner brings something?"},
    chart,
    list
  );
}

/** Training and certification against results, with the caution that it is not cause. */
export function Enable(life: LifeCycle): HTMLElement {
  const {context} = life;
  const {groups, amongLike, ownBefore, hasTraining, trained} = life.figures.enable;
  const closed = groups.reduce((sum, {n}) => sum + n, 0);
  const how = definitionOf(context, "partner_training");
  const chart = Chart({
    title: `Deals of trained partners are won ${inWords(amongLike)
      .replace(/^cannot be told/, "neither clearly more nor less often")
      .replace(/^not enough data/, "how often, there is not enough data to say")}`,
    subtitle:
      "Win rate by the partner's trainings when the deal began, all time, raw with 95% intervals; the title compares like deals",
    rows: hasTraining ? groups : [],
    columns: [
      {key: "label", label: "When the deal began", unit: "text"},
      {key: "rate", label: "Win rate", unit: "ratio"},
      {key: "lo", label: "95% from", unit: "ratio"},
      {key: "hi", label: "95% to", unit: "ratio"},
      {key: "n", label: "Closed", unit: "count"}
    ],
    name: "partner-training",
    how,
    note: "Not proof that training is the cause: partners who ask for it differ from the others.",
    empty: NO_PROGRAMME("trainings"),
    render: (width) =>
      Dots({
        rows: groups,
        width,
        overall: closed > 0 ? groups.reduce((sum, {won}) => sum + won, 0) / closed : null,
        meaning: "partner",
        order: "given",
        intervalLabel: "95% interval"
      })
  });
  const effects = DataTable(
    hasTraining
      ? [
          {label: "Partners not trained yet, like deals", effect: amongLike},
          {label: "The same partner before its training", effect: ownBefore}
        ].map(({label, effect}) => ({
          label,
          ...effect,
          words: inWords(effect),
          shown: points(effect.difference),
          raw: points(effect.raw)
        }))
      : [],
    [
      {key: "label", label: "Trained, against", unit: "text"},
      {key: "words", label: "Won", unit: "text"},
      {key: "shown", label: "Adjusted", unit: "text", missing: "no like deals"},
      {key: "raw", label: "Raw", unit: "text", missing: "none closed"},
      {key: "overlap", label: "Have like deals", unit: "ratio", missing: ""},
      {key: "nTreated", label: "Trained", unit: "count"},
      {key: "nOthers", label: "Not yet", unit: "count"}
    ],
    {
      caption: "Do trained partners win more? Adjusted, beside raw",
      showCaption: true,
      search: false,
      pageSize: 2,
      empty: NO_PROGRAMME("trainings")
    }
  );
  const list = DataTable(
    trained.list.map((row) => ({
      ...row,
      between: row.lo === null || row.hi === null ? null : `${percent(row.lo)} to ${percent(row.hi)}`
    })),
    [
      {key: "partner", label: "Partner", unit: "text"},
      {key: "tier", label: "Tier", unit: "text", missing: "none"},
      {key: "trainings", label: "Trainings", unit: "count", total: true},
      {key: "people", label: "People", unit: "count", total: true},
      {key: "certifications", label: "Certifications", unit: "count", total: true},
      {key: "first", label: "First training", unit: "date", missing: "none"},
      {key: "rate", label: "Win rate, shrunk", unit: "ratio", missing: "none closed"},
      {key: "between", label: "80% interval", unit: "text", missing: ""},
      {key: "n", label: "Closed", unit: "count", total: true}
    ],
    {
      of: trained.n,
      caption: "Partners by training, with their win rates of all time",
      showCaption: true,
      pageSize: 8,
      onRow: ({partner, deals}) =>
        listDeals(life, deals, {title: partner, scope: "all time", value: deals.n, unit: "count"}),
      empty: NO_PROGRAMME("trainings")
    }
  );
  return Phase(
    {id: "enable", name: "Enable", question: "Do trained partners win more?"},
    chart,
    effects,
    hasTraining ? list : null
  );
}

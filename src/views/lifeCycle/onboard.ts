/** Onboard and enable: how long new partners take, and whether trained ones do better. */
import {Chart} from "../../components/chart.js";
import {Dots} from "../../components/charts/dots.js";
import {Survival} from "../../components/charts/survival.js";
import {DataTable} from "../../components/dataTable.js";
import {count, days, percent} from "../../components/format.js";
import {colour, tint} from "../../components/palette.js";
import {cell} from "../../slices/facts.js";
import {daysUntilLeft, kaplanMeier} from "../../slices/kaplanMeier.js";
import {originTotals} from "../../slices/origins.js";
import {dayAt, groupBy, numberAt, rowsOf, wordAt} from "../../slices/partners/columns.js";
import {enablement} from "../../slices/partners/enablement.js";
import {onboarding} from "../../slices/partners/onboarding.js";
import {fitPeers, shrunkenRates} from "../../slices/shrunkenRates.js";
import {definitionOf} from "../metricKpi.js";
import {inWords, type LifeCycle, listDeals, NO_PARTNERS, NO_PROGRAMME, Phase, points} from "./context.js";

/** Days from signing to the first registration and the first win. */
export function Onboard({context, data, asOf}: LifeCycle): HTMLElement {
  const waits = onboarding(data);
  const isDated = waits.toRegistration.length > 0;
  const groups = isDated
    ? ([
        ["First registration, from signing", waits.toRegistration],
        ["First win, from signing", waits.toWin]
      ] as const)
    : ([["First win, from the first registration", waits.registrationToWin]] as const);
  const curves = groups.map(([group, stays]) => ({group, curve: kaplanMeier(stays)}));
  const rows = curves.flatMap(({group, curve}) => curve.map((point) => ({...point, group})));
  const halves = curves.map(({group, curve}) => {
    const half = daysUntilLeft(curve);
    return `${group.split(",")[0]!.toLowerCase()}: ${half === null ? "fewer than half so far" : `half within ${days(half)}`}`;
  });
  const left = [
    ...(waits.nEarly > 0
      ? [`${count(waits.nEarly)} partners signed before the exports begin and are left out`]
      : []),
    ...(waits.nUndated > 0 ? [`of ${count(waits.nUndated)} the exports do not say when they signed`] : [])
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
      data.partners.n > 0
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
        colours: groups.length > 1 ? [colour("partner"), tint("partner", 0.55)] : [colour("partner")],
        words: "still waiting"
      })
  });
  const {partners} = data;
  const list = DataTable(
    waits.waiting
      .map((row) => {
        const signed = dayAt(partners, "signed_on", row);
        const registered = dayAt(partners, "first_registered_on", row);
        const since = signed ?? registered!;
        return {
          partner: cell(partners, "partner", row),
          tier: cell(partners, "tier", row),
          region: cell(partners, "partner_region", row),
          signed: cell(partners, "signed_on", row),
          registered: cell(partners, "first_registered_on", row),
          n: cell(partners, "n_registrations", row),
          waits: registered === null ? "for a registration" : "for a win",
          days: asOf - since
        };
      })
      .sort((a, b) => b.days - a.days),
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
      caption: "Partners that have not won yet, the longest wait first",
      showCaption: true,
      pageSize: 8,
      search: false,
      empty:
        data.partners.n > 0 ? {reason: "Every partner with a known beginning has won a deal."} : NO_PARTNERS
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
  const {context, data, deals, brought} = life;
  const {groups, amongLike, ownBefore} = enablement(data.events, data.parts, deals);
  const hasTraining = rowsOf(data.events).some((row) => wordAt(data.events, "kind", row) === "training");
  const closed = groups.reduce((sum, {n}) => sum + n, 0);
  const how = definitionOf(context, "partner_training");
  const chart = Chart({
    title: `Deals of trained partners are won ${inWords(amongLike)
      .replace(/^cannot be told/, "neither clearly more nor less often")
      .replace(/^not enough data/, "how often, there is not enough data to say")}`,
    subtitle:
      "Won of closed by the partner's trainings when the deal began, all time, raw with 95% intervals; the title compares like deals",
    rows: hasTraining ? groups : [],
    columns: [
      {key: "label", label: "When the deal began", unit: "text"},
      {key: "rate", label: "Won of closed", unit: "ratio"},
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
  const {partners, parts} = data;
  const all = {from: "1900-01-01", to: data.asOf};
  const totals = originTotals(parts, deals, brought, "partner", all);
  const trials = totals.map(({key, nWon, nLost}) => ({key, successes: nWon, trials: nWon + nLost}));
  const peers = fitPeers(trials);
  const rates = new Map(peers ? shrunkenRates(trials, peers).map((rate) => [rate.key, rate]) : []);
  const rowsOfPartner = groupBy(brought, (row) => wordAt(parts, "partner", row));
  const list = DataTable(
    rowsOf(partners)
      .filter(
        (row) =>
          (numberAt(partners, "n_trainings", row) ?? 0) > 0 || rates.has(wordAt(partners, "partner", row)!)
      )
      .map((row) => {
        const partner = wordAt(partners, "partner", row)!;
        const rate = rates.get(partner);
        return {
          partner,
          tier: wordAt(partners, "tier", row),
          trainings: numberAt(partners, "n_trainings", row),
          people: numberAt(partners, "n_trained_people", row),
          certifications: numberAt(partners, "n_certifications", row),
          first: cell(partners, "first_trained_on", row),
          rate: rate && rate.trials > 0 ? rate.rate : null,
          between: rate && rate.trials > 0 ? `${percent(rate.lo)} to ${percent(rate.hi)}` : null,
          n: rate?.trials ?? 0
        };
      })
      .sort((a, b) => (b.trainings ?? 0) - (a.trainings ?? 0) || b.n - a.n),
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
      caption: "Partners by training, with their win rates of all time",
      showCaption: true,
      pageSize: 8,
      onRow: ({partner}) => {
        const rows = (rowsOfPartner.get(partner) ?? []).map((row) => numberAt(parts, "deal", row)!);
        listDeals(life, rows, {title: partner, scope: "all time", value: rows.length, unit: "count"});
      },
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

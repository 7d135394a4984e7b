/** Co-sell: deals worked together, by whom, since when, and against like deals worked alone. */
import {Chart} from "../../components/chart.js";
import {Histogram} from "../../components/charts/histogram.js";
import {DataTable} from "../../components/dataTable.js";
import {count, percent} from "../../components/format.js";
import {isoDay} from "../../slices/facts.js";
import {LANDMARK_DAYS} from "../../slices/partners/coSell.js";
import {definitionOf} from "../metricKpi.js";
import {inWords, type LifeCycle, listDeals, NO_PARTNERS, Phase, points} from "./context.js";

/** Effects, pairs and deals. */
export function CoSell(life: LifeCycle): HTMLElement {
  const {context, currency} = life;
  const {n, effects, nDated, nBefore, bins, pairs: who, open} = life.figures.coSell;
  const table = DataTable(
    n > 0
      ? effects.map((effect) => ({
          ...effect,
          words: inWords(effect),
          shown: points(effect.difference),
          rawShown: points(effect.raw)
        }))
      : [],
    [
      {key: "label", label: "Worked together", unit: "text"},
      {key: "words", label: "Won, against like deals alone", unit: "text"},
      {key: "shown", label: "Adjusted", unit: "text", missing: "no like deals"},
      {key: "rawShown", label: "Raw difference", unit: "text", missing: "none closed"},
      {key: "overlap", label: "Have like deals", unit: "ratio", missing: ""},
      {key: "nTreated", label: "Together", unit: "count"},
      {key: "nOthers", label: "Alone", unit: "count"},
      {key: "nShort", label: `Closed before day ${LANDMARK_DAYS}`, unit: "count"},
      {key: "nLate", label: "Joined later", unit: "count"},
      {key: "nUndated", label: "No day known", unit: "count"}
    ],
    {
      caption: `Are deals worked together won more often? Closed in two years, compared from day ${LANDMARK_DAYS} of their lives on`,
      showCaption: true,
      search: false,
      pageSize: effects.length,
      empty: NO_PARTNERS
    }
  );
  const chart = Chart({
    title:
      nDated > 0
        ? `In ${percent(nBefore / nDated)} of deals worked together the partner was there first`
        : "When partners join",
    subtitle:
      "Deals by days from their creation to the first evidence of a partner's work, where that came later",
    rows: bins,
    columns: [
      {key: "from", label: "From day", unit: "days"},
      {key: "to", label: "To before day", unit: "days"},
      {key: "n", label: "Deals", unit: "count"}
    ],
    name: "co-sell-joined",
    how: definitionOf(context, "co_sell"),
    empty:
      n > 0 ? {reason: "No partner joined a deal after it began, as far as evidence has days."} : NO_PARTNERS,
    render: (width) => Histogram({bins, width, meaning: "partner"})
  });
  const pairs = DataTable(
    who.list.map((pair) => ({
      ...pair,
      won: pair.wonCents / 100,
      open: pair.openCents / 100,
      from: pair.since === null ? null : isoDay(pair.since)
    })),
    [
      {key: "owner", label: "Our rep", unit: "text"},
      {key: "partner", label: "Partner", unit: "text"},
      {key: "nDeals", label: "Deals", unit: "count"},
      {key: "nWon", label: "Won", unit: "count"},
      {key: "nLost", label: "Lost", unit: "count"},
      {key: "nOpen", label: "Open", unit: "count"},
      {key: "won", label: "Won money", unit: "money", currency},
      {key: "open", label: "Open money", unit: "money", currency},
      {key: "nMeetings", label: "Meetings", unit: "count"},
      {key: "from", label: "Together since", unit: "date", missing: "not known"}
    ],
    {
      of: who.n,
      caption: "Who works with whom (a deal of two partners is in two rows)",
      showCaption: true,
      pageSize: 8,
      onRow: ({owner, partner, deals}) =>
        listDeals(life, deals, {
          title: `${owner} with ${partner}`,
          scope: "all time",
          value: deals.n,
          unit: "count"
        }),
      empty: NO_PARTNERS
    }
  );
  const list = DataTable(
    open.list,
    [
      {key: "deal", label: "Deal", unit: "text"},
      {key: "amount", label: "Amount", unit: "money", currency, total: true},
      {key: "partners", label: "With", unit: "text"},
      {key: "owner", label: "Our rep", unit: "text"},
      {key: "part", label: "The partner", unit: "text"},
      {key: "since", label: "Since", unit: "date", missing: "not known"},
      {key: "stage", label: "Stage", unit: "text"},
      {key: "customer", label: "Customer", unit: "text"},
      {key: "evidence", label: "Evidence", unit: "text"}
    ],
    {
      of: open.n,
      caption: `${count(open.n)} open deals worked together, those begun last first`,
      showCaption: true,
      pageSize: 8,
      empty: n > 0 ? {reason: "No deal worked together is open now."} : NO_PARTNERS
    }
  );
  return Phase(
    {id: "co-sell", name: "Co-sell", question: "Do deals worked together end better?"},
    table,
    ...(n > 0 ? [chart, pairs, list] : [])
  );
}

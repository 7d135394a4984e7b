/** Figures of the Partner life cycle, phase by phase. */
import {cell, dayNumber, type FactTable, isoDay} from "../slices/facts.js";
import {daysUntilLeft, kaplanMeier} from "../slices/kaplanMeier.js";
import {originTotals} from "../slices/origins.js";
import {centsAt, dayAt, dealCents, groupBy, numberAt, rowsOf, wordAt} from "../slices/partners/columns.js";
import {coSellEffects, coSellPairs, coSold, joinBins} from "../slices/partners/coSell.js";
import {enablement} from "../slices/partners/enablement.js";
import {funds} from "../slices/partners/funds.js";
import {demandCells, marketCells} from "../slices/partners/market.js";
import {ofPartners, programmeDimensions} from "../slices/partners/ofPartners.js";
import {onboarding} from "../slices/partners/onboarding.js";
import {payoutClasses, payoutRows, SETTLED} from "../slices/partners/payouts.js";
import type {ProgrammeData} from "../slices/partners/programmeData.js";
import {tierAdvice} from "../slices/partners/tiers.js";
import {type Change, partnerTrends, type TrendRow} from "../slices/partners/trend.js";
import {fitPeers, shrunkenRates} from "../slices/shrunkenRates.js";
import {type Asked, dealList, type PageFigures, ranked} from "./pageFigures.js";

const YEAR = 365;
/** A change of this size or more is any change. */
export const BEYOND = 1e12;

/** What the phases are worked out of. */
interface Programme {
  data: ProgrammeData;
  deals: FactTable;
  asOf: number;
  /** Rows of parts under which deals are counted: one a deal. */
  brought: number[];
}

export const lifeCyclePage = {
  page: "partner-life-cycle",
  kinds: ["deals", "programme"],
  dimensions: ({files}: Pick<Asked, "files">) => programmeDimensions(files["programme"]),
  still: ({facts, files, chosen}: Asked) => {
    const whole: ProgrammeData = files["programme"];
    const data = ofPartners(whole, chosen.filters);
    const {asOf, activeDays, fundWindowDays, dueDays, rules, doubts, partners, parts} = data;
    const programme: Programme = {
      data,
      deals: facts["deals"]!,
      asOf: dayNumber(asOf),
      brought: rowsOf(parts).filter((row) => numberAt(parts, "is_origin", row) === 1)
    };
    const {deals} = programme;
    return {
      ...{asOf, activeDays, fundWindowDays, dueDays, rules, doubts},
      nPartners: partners.n,
      nAll: whole.partners.n,
      dimensions: programmeDimensions(whole),
      nActive: rowsOf(partners).filter((row) => numberAt(partners, "is_active", row) === 1).length,
      hasParts: parts.n > 0,
      market: ranked(whole.parts.n > 0 ? marketCells(data.market, whole.parts, deals, programme.asOf) : []),
      demand: demandOf(programme),
      onboard: onboardOf(programme),
      enable: enableOf(programme),
      funds: fundsOf(programme),
      sellers: sellersOf(programme),
      payouts: payoutsOf(programme),
      accelerate: accelerateOf(programme),
      tiers: tiersOf(programme),
      coSell: coSellOf({...programme, data: whole})
    };
  }
} satisfies PageFigures<object>;

export type LifeCycleFigures = ReturnType<typeof lifeCyclePage.still>;

function demandOf({data, deals, asOf}: Programme) {
  const {cells, common} = demandCells(data.parts, deals, asOf);
  return {
    common,
    cells: ranked(cells.map(({deals, ...each}) => ({...each, deals: dealList(deals)})))
  };
}

/** Days from signing to the first registration and the first win, and who still waits. */
function onboardOf({data, asOf}: Programme) {
  const {toRegistration, toWin, registrationToWin, nEarly, nUndated, waiting} = onboarding(data);
  const groups =
    toRegistration.length > 0
      ? ([
          ["First registration, from signing", toRegistration],
          ["First win, from signing", toWin]
        ] as const)
      : ([["First win, from the first registration", registrationToWin]] as const);
  const {partners} = data;
  return {
    ...{nEarly, nUndated},
    curves: groups.map(([group, stays]) => {
      const curve = kaplanMeier(stays);
      return {group, curve, half: daysUntilLeft(curve)};
    }),
    waiting: ranked(
      waiting
        .map((row) => {
          const registered = dayAt(partners, "first_registered_on", row);
          return {
            partner: cell(partners, "partner", row),
            tier: cell(partners, "tier", row),
            region: cell(partners, "partner_region", row),
            signed: cell(partners, "signed_on", row),
            registered: cell(partners, "first_registered_on", row),
            n: cell(partners, "n_registrations", row),
            waits: registered === null ? "for a registration" : "for a win",
            days: asOf - (dayAt(partners, "signed_on", row) ?? registered!)
          };
        })
        .sort((a, b) => b.days - a.days)
    )
  };
}

/** Trained partners against others, and every partner with its trainings and its win rate. */
function enableOf({data, deals, brought}: Programme) {
  const {partners, parts, events} = data;
  const all = {from: "1900-01-01", to: data.asOf};
  const totals = originTotals(parts, deals, brought, "partner", all);
  const trials = totals.map(({key, nWon, nLost}) => ({key, successes: nWon, trials: nWon + nLost}));
  const peers = fitPeers(trials);
  const rates = new Map(peers ? shrunkenRates(trials, peers).map((rate) => [rate.key, rate]) : []);
  const rowsOfPartner = groupBy(brought, (row) => wordAt(parts, "partner", row));
  const listed = rowsOf(partners).filter(
    (row) => (numberAt(partners, "n_trainings", row) ?? 0) > 0 || rates.has(wordAt(partners, "partner", row)!)
  );
  const trained = listed.map((row) => {
    const partner = wordAt(partners, "partner", row)!;
    const {rate = null, lo = null, hi = null, trials: n = 0} = rates.get(partner) ?? {};
    return {
      partner,
      tier: wordAt(partners, "tier", row),
      trainings: numberAt(partners, "n_trainings", row),
      people: numberAt(partners, "n_trained_people", row),
      certifications: numberAt(partners, "n_certifications", row),
      first: cell(partners, "first_trained_on", row),
      ...(n > 0 ? {rate, lo, hi} : {rate: null, lo: null, hi: null}),
      n,
      deals: dealList((rowsOfPartner.get(partner) ?? []).map((part) => numberAt(parts, "deal", part)!))
    };
  });
  return {
    ...enablement(events, parts, deals),
    hasTraining: rowsOf(events).some((row) => wordAt(events, "kind", row) === "training"),
    trained: ranked(trained.sort((a, b) => (b.trainings ?? 0) - (a.trainings ?? 0) || b.n - a.n))
  };
}

function fundsOf({data, deals}: Programme) {
  const {rows, effect} = funds(data, deals);
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    effect,
    cents: {
      requested: sum(({requestedCents}) => requestedCents),
      approved: sum(({approvedCents}) => approvedCents),
      claimed: sum(({claimedCents}) => claimedCents),
      pipeline: sum(({pipelineCents}) => pipelineCents),
      won: sum(({wonCents}) => wonCents),
      open: sum(({openCents}) => openCents)
    },
    rows: ranked(rows.map(({deals, ...row}) => ({...row, deals: dealList(deals)})))
  };
}

/** What each partner won in a year and has open, the most won first. */
function sellersOf({data, deals, asOf, brought}: Programme) {
  const {parts} = data;
  const period = {from: isoDay(asOf - YEAR + 1), to: data.asOf};
  const totals = originTotals(parts, deals, brought, "partner", period).filter(
    ({wonCents, openCents, nOpen, nWon, nLost}) => wonCents + openCents + nOpen + nWon + nLost > 0
  );
  const partsOf = groupBy(brought, (row) => wordAt(parts, "partner", row)!);
  const sum = (key: "wonCents" | "openCents") => totals.reduce((total, row) => total + row[key], 0);
  return {
    ...{wonCents: sum("wonCents"), openCents: sum("openCents")},
    rows: ranked(
      totals.map(({key, wonCents, openCents, nWon, nLost, nOpen, open, won, lost}) => {
        const mine = partsOf.get(key) ?? [];
        const days = mine.flatMap((part) => dayAt(parts, "since_on", part) ?? []);
        return {
          ...{key, nWon, nLost, nOpen},
          won: wonCents / 100,
          open: openCents / 100,
          tier: mine[0] === undefined ? null : wordAt(parts, "tier", mine[0]),
          newest: days.length > 0 ? isoDay(Math.max(...days)) : null,
          deals: dealList([...open, ...won, ...lost])
        };
      })
    )
  };
}

/** Payouts by what the rules say, those to look at, and by partner. */
function payoutsOf({data, deals}: Programme) {
  const {payouts, parts} = data;
  const entries = rowsOf(payouts)
    .filter((row) => !SETTLED.includes(wordAt(payouts, "class", row)!))
    .map((row) => ({
      partner: cell(payouts, "partner", row),
      class: cell(payouts, "class", row),
      owed: cell(payouts, "owed_amount", row),
      paid: cell(payouts, "paid_amount", row),
      deal: cell(payouts, "deal_name", row),
      customer: cell(payouts, "account_name", row),
      closed: cell(payouts, "closed_on", row),
      due: cell(payouts, "due_on", row)
    }));
  const most = ({owed, paid}: (typeof entries)[number]) => Math.max(Number(owed), Number(paid));
  return {
    hasAny: payouts.n > 0,
    classes: payoutClasses(payouts),
    entries: ranked(entries.sort((a, b) => most(b) - most(a))),
    partners: ranked(payoutRows(payouts, parts, deals))
  };
}

/** This year against the year before: of all, of each partner, and how many changed beyond chance. */
function accelerateOf({data, deals, asOf}: Programme) {
  const all = partnerTrends(data.parts, deals, asOf).map((row) => ({
    ...row,
    begun: bounded(row.begun),
    value: bounded(row.value),
    cycle: bounded(row.cycle)
  }));
  const own = all.slice(1);
  const changes = ({begun, value, cycle}: TrendRow) => [begun, value, cycle];
  const isTold = (change: Change | null) => change !== null && (change.lo > 0 || change.hi < 0);
  return {
    trendOfAll: all[0] ?? null,
    trends: ranked(own),
    nTold: own.filter((row) => changes(row).some(isTold)).length,
    nUnknown: own.filter((row) => changes(row).every((change) => change === null)).length
  };
}

/** Without infinities, which no file holds. */
function bounded(change: Change | null): Change | null {
  const within = (value: number) => Math.max(-BEYOND, Math.min(BEYOND, value));
  return change && {value: within(change.value), lo: within(change.lo), hi: within(change.hi)};
}

function tiersOf({data, deals}: Programme) {
  const {rows, middles} = tierAdvice(data, deals);
  const n = (wanted: string) => rows.filter(({advice}) => advice === wanted).length;
  return {rows: ranked(rows), up: n("up"), down: n("down"), middles};
}

/** Deals worked together: effects, when partners join, pairs, and those that are open. */
function coSellOf({data, deals, asOf}: Programme) {
  const all = coSold(data.parts, deals);
  const dated = all.flatMap(({age}) => (age === null ? [] : [age]));
  const open = all.filter(({deal}) => wordAt(deals, "outcome", deal) === "open");
  return {
    n: all.length,
    effects: coSellEffects(all, deals, asOf),
    nDated: dated.length,
    nBefore: dated.filter((age) => age <= 0).length,
    bins: joinBins(dated),
    pairs: ranked(
      coSellPairs(data.parts, deals).map(({deals, ...pair}) => ({...pair, deals: dealList(deals)}))
    ),
    open: ranked(
      open.map((each) => ({
        deal: cell(deals, "deal_name", each.deal),
        amount: centsAt(deals, "open_amount", each.deal) === null ? null : dealCents(deals, each.deal) / 100,
        customer: cell(deals, "account_name", each.deal),
        owner: cell(deals, "owner", each.deal),
        partners: each.partners.join(", "),
        since: each.since === null ? null : isoDay(each.since),
        stage: cell(deals, "stage", each.deal),
        part: each.isSourced ? "sourced" : "helps",
        evidence: each.evidence
      }))
    )
  };
}

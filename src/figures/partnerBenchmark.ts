/** Figures of the Partner benchmark: partners against their peers, deals with partners against like ones, registrations. */
import {dayNumber, isoDay} from "../slices/facts.js";
import {type CurvePoint, daysUntilLeft} from "../slices/kaplanMeier.js";
import {type OriginTotal, originTotals} from "../slices/origins.js";
import {type PartnerEffect, partnerEffects} from "../slices/partners/partnerEffect.js";
import {
  type RegistrationRow,
  registrationFunnel,
  registrationRows,
  undecided
} from "../slices/registrations.js";
import {selectRows} from "../slices/select.js";
import {fitPeers, type ShrunkenRate, shrunkenRates} from "../slices/shrunkenRates.js";
import {type Asked, type DealList, dealList, type PageFigures, type Ranked, ranked} from "./pageFigures.js";
import {hasPartners, partnerTables} from "./partners.js";

const TWO_YEARS = 730;

/** Partners drawn at most, those with most closed deals. */
export const MOST_POINTS = 1_000;

/** What registrations are counted by. */
export const REGISTERED_BY = ["partner", "tier", "partner_region", "product", "partner_kind"] as const;

/** A partner's deals of the two years to the day against its peers'. */
export type Peer = Pick<
  ShrunkenRate,
  "key" | "raw" | "trials" | "rate" | "lo" | "hi" | "percentile" | "verdict"
> & {wonCents: number; openCents: number; nOpen: number; deals: DealList};

export interface Peers {
  peers: Ranked<Peer>;
  above: number;
  below: number;
  unknown: number;
  /** Raw win rates of those with most closed deals. */
  points: {label: string; n: number; rate: number}[];
  mean: number | null;
  strength: number;
}

/** The rows a registration table has, by what it is counted by. */
export type RegistrationsBy = Record<(typeof REGISTERED_BY)[number], Ranked<RegistrationRow>>;

export const benchmarkPage = {
  page: "partner-benchmark",
  kinds: ["deals", "partners"],
  still: (asked: Asked) => {
    const data = partnerTables(asked);
    const table = data.registrations;
    const rows = selectRows(table, asked.chosen.filters);
    const asOf = dayNumber(asked.site.asOf);
    const curve = undecided(table, rows, asOf);
    return {
      hasPartners: hasPartners(data),
      peers: comparePeers(asked),
      funnel: registrationFunnel(table, rows),
      undecided: curve satisfies CurvePoint[],
      half: daysUntilLeft(curve),
      nineInTen: daysUntilLeft(curve, 0.9),
      registrations: Object.fromEntries(
        REGISTERED_BY.map((key) => [key, ranked(registrationRows(table, rows, key, asOf))])
      ) as RegistrationsBy
    };
  }
} satisfies PageFigures<object>;

export type BenchmarkFigures = ReturnType<typeof benchmarkPage.still>;

/** What takes longest, so that it can come after the rest of the page. */
export const likeDealsPage = {
  page: "like-deals",
  kinds: ["deals", "partners"],
  still: (asked: Asked) => {
    const data = partnerTables(asked);
    const asOf = dayNumber(asked.site.asOf);
    const window = {from: asOf - TWO_YEARS + 1, to: asOf};
    const rows = selectRows(data.origins, asked.chosen.filters);
    const effects = hasPartners(data)
      ? partnerEffects(data.origins, asked.facts["deals"]!, rows, window)
      : [];
    return {effects: effects satisfies PartnerEffect[]};
  }
} satisfies PageFigures<object>;

export type LikeDealsFigures = ReturnType<typeof likeDealsPage.still>;

function comparePeers(asked: Asked): Peers {
  const {site, facts, chosen} = asked;
  const {origins} = partnerTables(asked);
  const period = {from: isoDay(dayNumber(site.asOf) - TWO_YEARS + 1), to: site.asOf};
  const rows = selectRows(origins, chosen.filters);
  const totals = originTotals(origins, facts["deals"]!, rows, "origin_partner", period);
  const trials = totals.map(({key, nWon, nLost}) => ({key, successes: nWon, trials: nWon + nLost}));
  const common = fitPeers(trials);
  const peers = common ? peersOf(totals, shrunkenRates(trials, common)) : [];
  const n = (wanted: Peer["verdict"]) => peers.filter(({verdict}) => verdict === wanted).length;
  return {
    peers: ranked(peers),
    ...{above: n("above"), below: n("below"), unknown: n("not enough data")},
    points: peers.flatMap(({key, raw, trials}) => (raw === null ? [] : [{label: key, n: trials, rate: raw}])),
    mean: common?.mean ?? null,
    strength: common?.strength ?? 0
  };
}

function peersOf(totals: readonly OriginTotal[], rates: readonly ShrunkenRate[]): Peer[] {
  return rates.map((each, i): Peer => {
    const {key, raw, trials, rate, lo, hi, percentile, verdict} = each;
    const {wonCents, openCents, nOpen, open, won, lost} = totals[i]!;
    return {
      ...{key, raw, trials, rate, lo, hi, percentile, verdict, wonCents, openCents, nOpen},
      deals: dealList([...open, ...won, ...lost])
    };
  });
}

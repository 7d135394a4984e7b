/**
 * A small software seller with channel partners, week by week: enough for every first page to have something true to
 * show. What is planted: partner deals win more often, quarters end strong, early stages lose most.
 */
import {random} from "./random.ts";

export type Table = Record<string, string | number | null>[];

/** Exports by file name, and the day they were made. */
export interface DemoExports {
  files: Record<string, Table>;
}

const FIRST_DAY = Date.UTC(2024, 0, 1);
const LAST_DAY = Date.UTC(2026, 5, 24);
const DAY = 86_400_000;
const STAGES = ["Discovery", "Qualified", "Demo", "Proposal", "Negotiation"] as const;
/** Chance a week to move on, to be lost, to go back a stage; by stage. */
const WEEKLY = [
  {forward: 0.3, lost: 0.13, back: 0},
  {forward: 0.27, lost: 0.08, back: 0.01},
  {forward: 0.25, lost: 0.06, back: 0.02},
  {forward: 0.24, lost: 0.05, back: 0.03},
  {forward: 0.28, lost: 0.05, back: 0.03}
] as const;
const PEOPLE = [
  ["U1", "Ingrid Solheim", "Enterprise", "North"],
  ["U2", "Mateo Quiroga", "Enterprise", "South"],
  ["U3", "Aylin Demir", "Mid-market", "South"],
  ["U4", "Tomasz Wrona", "Mid-market", "East"],
  ["U5", "Grace Adeyemi", "Mid-market", "West"],
  ["U6", "佐藤 美咲", "Enterprise", "East"],
  ["U7", "Élodie Marchand", "Growth", "West"],
  ["U8", "Rafael Couto", "Growth", "North"]
] as const;
const PARTNERS = [
  ["PA1", "Brightwater Systems", "reseller"],
  ["PA2", "Kestrel IT", "reseller"],
  ["PA3", "Nordlys Consulting", "integrator"],
  ["PA4", "Tamarind Cloud", "referral"]
] as const;
const PRODUCTS = [
  ["P1", "Ledger Core", "Platform", 18_000],
  ["P2", "Ledger Analytics", "Platform", 9_500],
  ["P3", "Gatehouse", "Security", 14_000],
  ["P4", "Gatehouse Audit", "Security", 6_000],
  ["P5", "Onboarding", "Services", 4_500]
] as const;
const FIRST = [
  "Alder",
  "Boreal",
  "Cobalt",
  "Dorado",
  "Elmira",
  "Fjord",
  "Galena",
  "Harbour",
  "Iris",
  "Juniper",
  "Kappa",
  "Lumen",
  "Mistral",
  "Norte",
  "Okapi",
  "Prisma",
  "Quarry",
  "Rowan",
  "Sable",
  "Tundra",
  "Umbra",
  "Vesper",
  "Willow",
  "Zephyr",
  "Åkerlund",
  "Çelik",
  "山本",
  "Łabędź"
];
const SECOND = [
  "Logistics",
  "Foods",
  "Energy",
  "Health",
  "Retail",
  "Textiles",
  "Media",
  "Bank",
  "Motors",
  "Optics",
  "Paper",
  "Labs"
];

/** Simulates `deals` deals from a seed. The same numbers give the same exports. */
export function simulateDemo({deals, seed}: {deals: number; seed: number}): DemoExports {
  const accounts = makeAccounts(seed);
  const files: Record<string, Table> = {
    "deals.csv": [],
    "stage_history.csv": [],
    "deal_partners.csv": [],
    "accounts.csv": accounts,
    "people.csv": PEOPLE.map(([id, name, team, region]) => ({id, name, team, region})),
    "products.csv": PRODUCTS.map(([id, name, family, price]) => ({
      id,
      name,
      family,
      list_price: price.toFixed(2)
    })),
    "partners.csv": PARTNERS.map(([id, name, kind]) => ({id, name, kind})),
    "exchange_rates.csv": exchangeRates(seed),
    "quotas.csv": quotas(deals)
  };
  for (let number = 1; number <= deals; number++) simulateDeal(number, seed, accounts, deals, files);
  return {files};
}

function simulateDeal(
  number: number,
  seed: number,
  accounts: Table,
  deals: number,
  files: Record<string, Table>
): void {
  const chance = random(seed + number * 7919, "deal");
  // More deals as the firm grows: the square root spreads starts towards the end.
  const start =
    FIRST_DAY + Math.floor(((LAST_DAY - FIRST_DAY) * Math.sqrt(chance.uniform() * 0.94 + 0.06)) / DAY) * DAY;
  const id = `D${String(number).padStart(String(deals).length + 1, "0")}`;
  const account = chance.pick(accounts);
  const owner = chance.pick(PEOPLE);
  const product = chance.weighted(PRODUCTS.map((each, i) => [each, [5, 3, 4, 2, 1][i]!] as const));
  const partner = chance.chance(0.38)
    ? chance.weighted(PARTNERS.map((each, i) => [each, [4, 3, 2, 1][i]!] as const))
    : null;
  const size = account["segment"] === "Enterprise" ? 3.2 : account["segment"] === "Mid-market" ? 1.6 : 0.8;
  const amount = Math.round(product[3] * size * Math.exp(0.45 * chance.normal()) * 4) / 4;
  const log: {at: number; from: string; to: string}[] = [];
  let stage = 0;
  let outcome: "Closed Won" | "Closed Lost" | null = null;
  let stuck = chance.chance(0.12);
  for (let day = start + DAY * 7; outcome === null && day <= LAST_DAY; day += DAY * chance.between(5, 9)) {
    const {forward, lost, back} = WEEKLY[stage]!;
    const rush = isQuarterEnd(day) ? 1.7 : 1;
    const lift = partner ? 1.25 : 1;
    const roll = chance.uniform() * (stuck ? 6 : 1);
    const from = STAGES[stage]!;
    if (roll < forward * rush * lift) {
      stage++;
      if (stage === STAGES.length) outcome = "Closed Won";
    } else if (roll < (forward * rush + lost) * lift) outcome = "Closed Lost";
    else if (roll < (forward * rush + lost + back) * lift) stage--;
    else continue;
    log.push({at: day + chance.between(8 * 60, 18 * 60) * 60_000, from, to: outcome ?? STAGES[stage]!});
    if (stuck && chance.chance(0.1)) stuck = false;
  }
  const last = log.at(-1);
  const closesOn = outcome
    ? last!.at
    : Math.max(start + DAY * chance.between(40, 140), LAST_DAY - DAY * chance.between(-90, 25));
  const currency = account["country"] === "Germany" || account["country"] === "France" ? "EUR" : "USD";
  files["deals.csv"]!.push({
    id,
    name: `${account["name"]}, ${product[1]}`,
    account_id: account["id"]!,
    owner_id: owner[0],
    stage: outcome ?? STAGES[stage]!,
    amount: !outcome && stage === 0 && chance.chance(0.25) ? null : amount.toFixed(2),
    currency,
    type: chance.weighted([
      ["New", 6],
      ["Expansion", 3],
      ["Renewal", 2]
    ] as const),
    source: partner
      ? "Partner"
      : chance.weighted([
          ["Web", 4],
          ["Event", 2],
          ["Outbound", 3],
          ["Referral", 1]
        ] as const),
    created: iso(start + 9 * 3_600_000),
    closed: outcome ? iso(last!.at) : null,
    close_date: iso(closesOn).slice(0, 10),
    next_step:
      outcome || chance.chance(0.3)
        ? null
        : chance.pick(["Send the offer", "Security review", "Call the sponsor", "Pilot plan"]),
    last_activity: iso(Math.min(LAST_DAY, (last?.at ?? start) + DAY * chance.between(0, 20))),
    loss_reason:
      outcome === "Closed Lost"
        ? chance.weighted([
            ["No decision", 4],
            ["Price", 3],
            ["Competitor", 3],
            ["Timing", 2]
          ] as const)
        : null,
    product_id: product[0]
  });
  for (const {at, from, to} of log)
    files["stage_history.csv"]!.push({deal_id: id, changed_at: iso(at), old_stage: from, new_stage: to});
  if (partner)
    files["deal_partners.csv"]!.push({
      deal_id: id,
      partner_id: partner[0],
      role: chance.weighted([
        ["sourced", 3],
        ["resell", 2],
        ["influenced", 1]
      ] as const)
    });
}

function makeAccounts(seed: number): Table {
  const chance = random(seed, "accounts");
  const pairs = FIRST.flatMap((first) => SECOND.map((second) => `${first} ${second}`));
  return pairs
    .filter(() => chance.chance(0.7))
    .map((name, index) => ({
      id: `A${index + 1}`,
      name,
      industry: name.split(" ").at(-1)!,
      segment: chance.weighted([
        ["Enterprise", 2],
        ["Mid-market", 4],
        ["Growth", 4]
      ] as const),
      region: chance.weighted([
        ["North", 3],
        ["South", 3],
        ["East", 2],
        ["West", 2]
      ] as const),
      country: chance.weighted([
        ["United States", 5],
        ["Germany", 2],
        ["France", 1],
        ["Brazil", 1],
        ["Japan", 1]
      ] as const)
    }));
}

/** Dollars for a euro at the start of each month: a slow walk. */
function exchangeRates(seed: number): Table {
  const chance = random(seed, "rates");
  const rows: Table = [];
  let rate = 1.09;
  for (let month = 0; month < 31; month++) {
    rows.push({
      currency: "EUR",
      valid_from: iso(Date.UTC(2024, month, 1)).slice(0, 10),
      rate: rate.toFixed(4)
    });
    rate += 0.012 * chance.normal();
  }
  return rows;
}

/** A quarter's quota for each rep, growing; scaled to the number of deals so that any size is near its target. */
function quotas(deals: number): Table {
  return PEOPLE.flatMap(([id, , team]) =>
    Array.from({length: 10}, (_, quarter) => {
      const base = team === "Enterprise" ? 185 : team === "Mid-market" ? 150 : 120;
      const amount = Math.round((base * deals * Math.max(0.12, 0.39 * quarter - 0.42)) / 14.4) * 5;
      const starts = Date.UTC(2024, quarter * 3, 1);
      const ends = Date.UTC(2024, quarter * 3 + 3, 0);
      return {
        person_id: id,
        starts_on: iso(starts).slice(0, 10),
        ends_on: iso(ends).slice(0, 10),
        amount: amount.toFixed(2)
      };
    })
  );
}

function isQuarterEnd(day: number): boolean {
  const date = new Date(day);
  return date.getUTCMonth() % 3 === 2 && date.getUTCDate() > 12;
}

function iso(time: number): string {
  return new Date(time).toISOString().replace(".000", "");
}

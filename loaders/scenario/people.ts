/** What a rep and a partner bring: how fast they come up to speed, what they create, how many leave; null where unknown. */
import type {LeverHistory, PartnerFacts, RepFacts} from "../../src/scenario/input.ts";
import {trainingFacts} from "./training.ts";

/** Somebody (or a firm) that deals are credited to. Days are integers; null: not stated. */
export interface Member {
  id: string;
  from: number | null;
  to: number | null;
}

/** A creation credited to a member. */
export interface Creation {
  member: string;
  day: number;
}

/** Who can bring deals, and what each brought. */
export interface People {
  reps: Member[];
  repCreations: Creation[];
  partners: Member[];
  partnerCreations: Creation[];
  /** First training of each partner that had one. */
  trained: {member: string; day: number}[];
}

/** What hiring and recruiting levers need, with the range each has been moved in. */
export function peopleOf({reps, repCreations, partners, partnerCreations, trained}: People, asOf: number) {
  const selling = reps.filter(({id}) => repCreations.some(({member}) => member === id));
  const [hired, recruited] = [
    headcountHistory(selling, asOf, "reps"),
    headcountHistory(partners, asOf, "partners") ?? activeHistory(partnerCreations, asOf)
  ];
  const first = new Map(trained.map(({member, day}) => [member, day]));
  const found = partnerFacts(partners, partnerCreations, asOf);
  const everTrained = changes(
    (day) => trained.filter((each) => each.day <= day).length,
    asOf,
    trained.reduce((least, {day}) => Math.min(least, day), asOf),
    "partners that had their first training"
  );
  return {
    reps: repFacts(reps, repCreations, asOf),
    partners: found && {...found, training: trainingFacts(partners, partnerCreations, first, asOf)},
    history: {
      ...(hired ? {hiring: hired} : {}),
      ...(recruited ? {partners: recruited} : {}),
      ...(everTrained ? {enablement: everTrained} : {})
    }
  };
}

const MONTH_DAYS = 30.44;
const RAMP_MONTHS = 9;
const SEEN_DAYS = 365;
const LEAST_MEMBERS = 3;
const LEAST_STARTS = 3;

/** Reps who own deals, with known starting days. Null when fewer than three are there now or none has a starting day. */
export function repFacts(
  members: readonly Member[],
  creations: readonly Creation[],
  asOf: number
): RepFacts | null {
  const owners = new Set(creations.map(({member}) => member));
  const reps = members.filter(({id, from}) => owners.has(id) && from !== null);
  const now = reps.filter((rep) => isThere(rep, asOf));
  if (now.length < LEAST_MEMBERS) return null;
  const speeds = ramp(reps, creations, asOf);
  const ages = now.map(({from}) => (asOf - from!) / MONTH_DAYS);
  return {
    n: now.length,
    dealsPerWeek: perWeek(reps, creations, asOf),
    ramp: speeds,
    attrition: attrition(reps, asOf),
    young: ages.filter((months) => months < speeds.length).map((months) => Math.round(10 * months) / 10),
    atWork: atWork(reps, speeds, asOf)
  };
}

const MOST_MONTHS = 24;

/** Reps at work in the middle of each of the last months, by the part of full speed each had come to; the newest first. */
function atWork(reps: readonly Member[], speeds: readonly number[], asOf: number): number[] {
  const first = earliest(reps.map(({from}) => from!));
  const middles = Array.from({length: MOST_MONTHS}, (_, back) => asOf - (back + 0.5) * MONTH_DAYS);
  return middles
    .filter((day) => day > first)
    .map((day) => {
      const there = reps.filter((rep) => isThere(rep, day));
      const sum = there.reduce(
        (all, {from}) => all + (speeds[Math.floor((day - from!) / MONTH_DAYS)] ?? 1),
        0
      );
      return Math.round(100 * sum) / 100;
    });
}

/** Partners with a deal of their own in the last year, or signed in it. */
export function partnerFacts(
  members: readonly Member[],
  creations: readonly Creation[],
  asOf: number
): Omit<PartnerFacts, "training"> | null {
  const recent = new Set(creations.filter(({day}) => asOf - day < SEEN_DAYS).map(({member}) => member));
  const now = members.filter(({id, from}) => recent.has(id) || (from !== null && asOf - from < SEEN_DAYS));
  if (now.length < LEAST_MEMBERS || recent.size === 0) return null;
  return {
    n: now.length,
    // A recruit is like the average partner signed, the silent ones among them.
    dealsPerWeek: perWeek(now, creations, asOf),
    ramp: ramp(
      members.filter(({from}) => from !== null),
      creations,
      asOf
    )
  };
}

/**
 * Net change, quarter by quarter, of the number of partners that brought a deal within a year: the range seen where nobody
 * noted when partners signed. Null with fewer than four quarters a year after the first deal.
 */
export function activeHistory(creations: readonly Creation[], asOf: number): LeverHistory | null {
  const first = creations.reduce((least, {day}) => Math.min(least, day), asOf);
  const active = (day: number) =>
    new Set(
      creations.filter((each) => each.day <= day && each.day > day - SEEN_DAYS).map(({member}) => member)
    ).size;
  return changes(active, asOf, first + SEEN_DAYS, "partners that brought a deal within a year");
}

/** Net change of the number of members over each of the last twelve quarters (91 days): the range seen. */
export function headcountHistory(
  members: readonly Member[],
  asOf: number,
  what: string
): LeverHistory | null {
  const known = members.filter(({from}) => from !== null);
  const first = earliest(known.map(({from}) => from!));
  const count = (day: number) => known.filter((member) => isThere(member, day)).length;
  return changes(count, asOf, first, what);
}

/** The least of any number of days: as arguments of one call a million are too many. */
function earliest(days: readonly number[]): number {
  return days.reduce((first, day) => Math.min(first, day), Infinity);
}

/** The range of the changes of a count over quarters that begin after a day. */
function changes(
  count: (day: number) => number,
  asOf: number,
  first: number,
  what: string
): LeverHistory | null {
  const found: number[] = [];
  for (let back = 0; back < 12 && asOf - 91 * (back + 1) > first; back++)
    found.push(count(asOf - 91 * back) - count(asOf - 91 * (back + 1)));
  if (found.length < 4) return null;
  return {
    lo: Math.min(...found),
    hi: Math.max(...found),
    n: found.length,
    words: `in a quarter, over the last ${found.length} quarters, the number of ${what} changed;`
  };
}

function isThere({from, to}: Member, day: number): boolean {
  return from !== null && from <= day && (to === null || to > day);
}

/** Creations a week and member over the last year, weeks before full speed left out. */
function perWeek(members: readonly Member[], creations: readonly Creation[], asOf: number): number {
  const ids = new Map(members.map((member) => [member.id, member]));
  const since = (member: Member) =>
    Math.max(asOf - SEEN_DAYS, (member.from ?? -1e9) + RAMP_MONTHS * MONTH_DAYS);
  const n = creations.filter(({member, day}) => {
    const found = ids.get(member);
    return found !== undefined && day > since(found) && day <= Math.min(asOf, found.to ?? asOf);
  }).length;
  const days = members.reduce(
    (sum, member) => sum + Math.max(0, Math.min(asOf, member.to ?? asOf) - since(member)),
    0
  );
  return days > 0 ? (7 * n) / days : 0;
}

/** Creations in each month since the start, over those at full speed; smoothed to never fall; [] where too few began. */
function ramp(members: readonly Member[], creations: readonly Creation[], asOf: number): number[] {
  const began = members.filter(({from}) => from !== null);
  const byMember = new Map<string, number[]>();
  for (const {member, day} of creations) {
    const list = byMember.get(member);
    if (list) list.push(day);
    else byMember.set(member, [day]);
  }
  const first = earliest(creations.map(({day}) => day));
  // Those who were there before the first creation known began at an unknown speed.
  const seen = began.filter(({from}) => from! > first);
  if (seen.length < LEAST_STARTS) return [];
  const speed = (fromMonth: number, toMonth: number) => {
    let [n, days] = [0, 0];
    for (const {id, from, to} of seen) {
      const [begin, end] = [from! + fromMonth * MONTH_DAYS, from! + toMonth * MONTH_DAYS];
      const until = Math.min(end, asOf, to ?? asOf);
      if (until <= begin) continue;
      days += until - begin;
      n += (byMember.get(id) ?? []).filter((day) => day >= begin && day < until).length;
    }
    return days > 0 ? n / days : null;
  };
  const full = speed(RAMP_MONTHS, 48) ?? speed(6, 48);
  if (!full) return [];
  let before = 0;
  return Array.from({length: RAMP_MONTHS}, (_, month) => {
    const now = speed(month, month + 1);
    before = Math.min(1, Math.max(before, now === null ? before : now / full));
    return Math.round(100 * before) / 100;
  });
}

/** Chance to leave within a month: leavings over member-months of the last three years. */
function attrition(members: readonly Member[], asOf: number): number {
  const since = asOf - 3 * SEEN_DAYS;
  let [left, days] = [0, 0];
  for (const {from, to} of members) {
    const end = Math.min(to ?? asOf, asOf);
    days += Math.max(0, end - Math.max(from!, since));
    if (to !== null && to > since && to <= asOf) left++;
  }
  return days > 0 ? Math.min(0.5, (left * MONTH_DAYS) / days) : 0;
}

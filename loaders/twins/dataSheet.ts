/** What is planted in a twin and what is not, told from the very numbers it is drawn from. */
import type {DataSheet, SheetSection} from "../../src/slices/dataSheet.ts";
import {
  EQUIPMENT_FIRM,
  AMOUNT_EFFECT as MACHINE_AMOUNT,
  FIT_SPREAD as MACHINE_FIT
} from "./equipment/equipmentFirm.ts";
import {EQUIPMENT_TRUTH} from "./equipment/equipmentTruth.ts";
import {orderSections} from "./equipment/orderSheet.ts";
import {PIPELINES} from "./equipment/processes.ts";
import {EFFICIENCY_SPREAD, SPEND_POWER, TRACKED} from "./firm/campaignCauses.ts";
import {HABITS, TIERS} from "./firm/cast.ts";
import type {SalesProcess} from "./firm/dealWalk.ts";
import {HABIT_WEIGHTS, PARTNER_SPREAD, SKILL_SPREAD} from "./firm/drawCast.ts";
import type {FirmSpec} from "./firm/firmSpec.ts";
import {HABIT_NUMBERS} from "./firm/habits.ts";
import {TRAINING_EFFECT} from "./firm/partnerEffect.ts";
import {AMOUNT_EFFECT, FIT_SPREAD, SOFTWARE_FIRM} from "./software/softwareFirm.ts";
import {SOFTWARE_TRUTH} from "./software/softwareTruth.ts";
import type {TruthSpec} from "./truth/firmTruth.ts";
import type {Firm} from "./writeTwin.ts";

interface FirmSheet {
  words: string;
  spec: FirmSpec;
  truth: TruthSpec;
  /** Processes by the names people see. */
  processes: readonly (SalesProcess & {label: string})[];
  amountEffect: number;
  fitSpread: number;
  more: readonly SheetSection[];
}

const SHEETS: Record<Firm, FirmSheet> = {
  software: {
    words: "software firm",
    spec: SOFTWARE_FIRM,
    truth: SOFTWARE_TRUTH,
    processes: SOFTWARE_TRUTH.processes.map((process) => ({...process, label: "Sales"})),
    amountEffect: AMOUNT_EFFECT,
    fitSpread: FIT_SPREAD,
    more: []
  },
  equipment: {
    words: "equipment maker",
    spec: EQUIPMENT_FIRM,
    truth: EQUIPMENT_TRUTH,
    processes: PIPELINES.map(({label, rules, stages}) => ({
      label,
      hazards: rules.hazards,
      stageNames: stages.map((stage) => stage.label)
    })),
    amountEffect: MACHINE_AMOUNT,
    fitSpread: MACHINE_FIT,
    more: orderSections()
  }
};

const NOT_PLANTED = [
  "Owners' fields other than their skill: team, manager, age in the job and workload change nothing. There is no ramp.",
  "Industry, country within a region, city, number of employees and annual revenue.",
  "Next steps, notes, activities, contacts of a deal: they follow the deal's life (few when it is asleep) and cause nothing.",
  "Touches after the one that brought the deal: nurturing has no effect at all, whatever attribution says.",
  "The stage probabilities and forecast categories of the CRM: settings and habits, not chances.",
  "Interactions: every factor multiplies the hazards on its own. Apart from campaigns, nothing works only in one region or segment.",
  "Drift: apart from the calendar below, hazards and effects are the same in the first month and the last.",
  "Loss reasons: a word chosen afterwards, at most loosely tied to what happened."
];

/** The sheet of a firm. Hazard ratios are shown as multiples: 1.22 means 22 % more of it on any day. */
export function twinDataSheet(firm: Firm): DataSheet {
  const sheet = SHEETS[firm];
  return {
    firm: sheet.words,
    planted: [
      ...sheet.processes.map(lifeSection),
      factorSection(sheet),
      partnerSection(sheet.spec),
      campaignSection(sheet.spec),
      habitSection(),
      calendarSection(sheet.spec),
      ...sheet.more,
      messSection(sheet.spec)
    ],
    notPlanted: NOT_PLANTED
  };
}

function lifeSection({label, hazards, stageNames}: FirmSheet["processes"][number]): SheetSection {
  return {
    title: `How a deal lives: ${label}`,
    about:
      "On any working day a deal may move on, be won, be lost, fall back or fall asleep: nobody loses it then, and nobody will win it.",
    caption: "Chance on a day, for a deal without any of the factors below",
    columns: [
      {key: "stage", label: "Stage", unit: "text"},
      {key: "advance", label: "Moves on", unit: "ratio"},
      {key: "won", label: "Won", unit: "ratio"},
      {key: "lost", label: "Lost", unit: "ratio"},
      {key: "back", label: "Falls back", unit: "ratio"},
      {key: "stuck", label: "Falls asleep", unit: "ratio"}
    ],
    rows: hazards.advance.map((advance, i) => ({
      stage: stageNames[i]!,
      advance,
      won: hazards.won[i]!,
      lost: hazards.lost[i]!,
      back: hazards.back[i]!,
      stuck: hazards.stuck[i]!
    }))
  };
}

function factorSection({spec, truth, amountEffect, fitSpread}: FirmSheet): SheetSection {
  const factors = {
    "Deal type": truth.dealTypes,
    Segment: spec.segments,
    Region: Object.values(spec.regions),
    Source: truth.sources,
    "Product line": spec.families,
    Competitor: truth.competitors
  };
  return {
    title: "What makes a deal better or worse",
    about: `Each factor multiplies a deal's daily chances of moving on and being won, and of being lost. An amount of twice its segment's median multiplies the first by ${times(amountEffect * Math.LN2)}. Reps differ by their skill (standard deviation of the logarithm ${SKILL_SPREAD}), and each deal has a fit of its own that no field shows (${fitSpread}): no model can know it.`,
    caption: "Factors on the daily chances",
    columns: [
      {key: "factor", label: "Factor", unit: "text"},
      {key: "level", label: "Value", unit: "text"},
      {key: "pull", label: "Moves on, won", unit: "text"},
      {key: "loss", label: "Lost", unit: "text"}
    ],
    rows: Object.entries(factors).flatMap(([factor, levels]) =>
      levels.map(({name, pull, loss}) => ({
        factor,
        level: name || "none",
        pull: times(pull),
        loss: times(loss)
      }))
    )
  };
}

function partnerSection({cast}: FirmSpec): SheetSection {
  return {
    title: "What partners add",
    about: `A partner that brings a deal multiplies its chances of being won by its own factor: about its tier's (standard deviation of the logarithm ${PARTNER_SPREAD}), times ${times(TRAINING_EFFECT)} for each training of its people, three at most. A partner that only helps adds half as much. Tiers follow revenue, not merit.`,
    caption: "Mean factor of a tier before training",
    columns: [
      {key: "tier", label: "Tier", unit: "text"},
      {key: "effect", label: "Moves on, won", unit: "text"}
    ],
    rows: TIERS.map((tier, i) => ({tier, effect: times(cast.tierEffect[i]!)}))
  };
}

function campaignSection({cast}: FirmSpec): SheetSection {
  return {
    title: "What campaigns cause",
    about: `A campaign makes new customers come that would not have come: in its regions, after waiting times that are exponential from each of its days, in proportion to its money to the power ${SPEND_POWER} (campaigns of a kind differ: standard deviation of the logarithm ${EFFICIENCY_SPREAD}). The CRM names the campaign for ${Math.round(100 * TRACKED)} % of their first deals. It also names campaigns for customers who came anyway: a kind may have much credit and cause nothing. Kinds that run everywhere at once leave nothing to compare with. What follows from a customer, such as renewals, is not counted as caused.`,
    caption: "Kinds of campaigns",
    columns: [
      {key: "kind", label: "Kind", unit: "text"},
      {key: "caused", label: "Customers caused, for each that comes anyway", unit: "ratio"},
      {key: "lag", label: "Mean wait, days", unit: "count"},
      {key: "regions", label: "Regions of each", unit: "text"},
      {key: "effect", label: "Moves on, won", unit: "text"}
    ],
    rows: cast.campaignKinds.map(({type, caused, lagDays, regions, effect}) => ({
      kind: type,
      caused,
      lag: lagDays,
      regions: String(regions),
      effect: times(effect)
    }))
  };
}

function habitSection(): SheetSection {
  return {
    title: "How reps keep the CRM",
    about:
      "Habits change what is written and when, not what happens, but for quarter pushers, whose deals are won more often in a quarter's last week and less at its beginning. A third of all reps edit their deals in one go on the eve of the monthly review.",
    caption: "Habits",
    columns: [
      {key: "habit", label: "Habit", unit: "text"},
      {key: "share", label: "Reps", unit: "ratio"},
      {key: "close", label: "Time to close, as said", unit: "text"},
      {key: "amount", label: "Amount, as guessed", unit: "text"},
      {key: "late", label: "Deals entered late", unit: "ratio"},
      {key: "loss", label: "Days until a loss is entered", unit: "count"}
    ],
    rows: HABITS.map((habit, i) => {
      const numbers = HABIT_NUMBERS[habit];
      return {
        habit: habit.replaceAll("_", " "),
        share: HABIT_WEIGHTS[i]! / 100,
        close: `×\u00a0${numbers.closeOptimism}`,
        amount: `×\u00a0${numbers.amountOptimism}`,
        late: numbers.lateEntry,
        loss: numbers.lossDelay
      };
    })
  };
}

function calendarSection({rhythm, priceChanges, currencies}: FirmSpec): SheetSection {
  const {shock} = rhythm;
  const percent = (factor: number) => `${Math.round(100 * (factor - 1))} %`;
  const prices = priceChanges.map(({from, factor}) => `${percent(factor)} from ${from}`).join(", ");
  const months =
    "January February March April May June July August September October November December".split(" ");
  return {
    title: "The calendar",
    about: `New customers grow by ${percent(1 + rhythm.growthPerYear)} a year. In the last two weeks of a quarter deals are won × ${rhythm.quarterEndWon}, in its first month × ${rhythm.quarterStartWon}. A shock (${shock.name}) from ${shock.from} to ${shock.to}: new customers × ${shock.arrivals}, won × ${shock.won}, lost × ${shock.lost}. List prices rise by ${prices}. Rates of ${Object.keys(currencies).join(", ")} walk at random from month to month. Nothing moves on weekends and holidays.`,
    caption: "New customers by month",
    columns: [
      {key: "month", label: "Month", unit: "text"},
      {key: "factor", label: "Factor", unit: "text"}
    ],
    rows: months.map((month, i) => ({month, factor: `×\u00a0${rhythm.season[i]!}`}))
  };
}

function messSection({mess}: FirmSpec): SheetSection {
  return {
    title: "What is missing or wrong",
    about:
      "At these shares of the records to which they belong, fields are empty or misspelt, and links are not made.",
    caption: "Missing and messy fields",
    columns: [
      {key: "what", label: "What", unit: "text"},
      {key: "share", label: "Share", unit: "ratio"}
    ],
    rows: Object.entries(mess).map(([key, share]) => ({
      what: key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace("crm", "CRM"),
      share
    }))
  };
}

/** exp of a log hazard ratio. */
function times(log: number): string {
  return `×\u00a0${Math.exp(log).toFixed(2)}`;
}

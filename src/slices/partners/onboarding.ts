/** How long new partners take to their first registration and their first win, with those still waiting as censored. */
import {dayNumber, type FactTable} from "../facts.js";
import type {Stay} from "../kaplanMeier.js";
import {dayAt, rowsOf} from "./columns.js";
import type {ProgrammeData} from "./programmeData.js";

export interface Onboarding {
  /** From signing; partners that signed before the exports begin are not among them. */
  toRegistration: Stay[];
  toWin: Stay[];
  /** From the first registration to the first win, whatever is known of the signing. */
  registrationToWin: Stay[];
  /** Partners left out because their first registrations may lie before the exports. */
  nEarly: number;
  /** Partners whose signing day the exports do not say. */
  nUndated: number;
  /** Rows of partners that signed and have not registered, or registered and have not won. */
  waiting: number[];
}

/** Works out the waits as of the day of the data. */
export function onboarding({partners, asOf, registrationsFrom}: ProgrammeData): Onboarding {
  const today = dayNumber(asOf);
  const from = registrationsFrom === null ? null : dayNumber(registrationsFrom);
  const rows = rowsOf(partners);
  const signed = rows.filter((row) => {
    const day = dayAt(partners, "signed_on", row);
    return day !== null && day <= today;
  });
  const watched = signed.filter((row) => from !== null && dayAt(partners, "signed_on", row)! >= from);
  const registered = rows.filter((row) => dayAt(partners, "first_registered_on", row) !== null);
  const stays = (list: readonly number[], start: string, end: string) =>
    list.map((row) => stay(partners, row, start, end, today));
  return {
    toRegistration: stays(watched, "signed_on", "first_registered_on"),
    toWin: stays(watched, "signed_on", "first_won_on"),
    registrationToWin: stays(registered, "first_registered_on", "first_won_on"),
    nEarly: signed.length - watched.length,
    nUndated: rows.filter((row) => dayAt(partners, "signed_on", row) === null).length,
    waiting: rows.filter(
      (row) =>
        dayAt(partners, "first_won_on", row) === null &&
        (signed.includes(row) || dayAt(partners, "first_registered_on", row) !== null)
    )
  };
}

/** What came before its start took no time: a partner may win a deal on the day it signs for it. */
function stay(partners: FactTable, row: number, start: string, end: string, today: number): Stay {
  const from = dayAt(partners, start, row)!;
  const to = dayAt(partners, end, row);
  return {days: Math.max(0, (to ?? today) - from), hasEnded: to !== null};
}

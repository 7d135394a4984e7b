/** The day on which an export was made, as far as its name says it in one way only. */

const ISO = /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/g;
const LOCAL = /(?<!\d)(\d{1,2})[-_.](\d{1,2})[-_.](20\d{2})(?!\d)/g;

/**
 * The one day that a file's name says, as YYYY-MM-DD. Undefined where it says none, two different ones (from and to), or one
 * that can be read day first and month first.
 * @example dayInName("deals 28.11.2026.csv") // "2026-11-28"
 * @example dayInName("deals 11-05-2026.csv") // undefined
 */
export function dayInName(name: string): string | undefined {
  const read = new Set<string>();
  for (const [, year, month, day] of name.matchAll(ISO)) read.add(`${year}-${month}-${day}`);
  for (const [, first, second, year] of name.matchAll(LOCAL))
    for (const [month, day] of [
      [first!, second!],
      [second!, first!]
    ])
      if (Number(month) <= 12) read.add(`${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`);
  const days = [...read].filter(isDay);
  return days.length === 1 ? days[0] : undefined;
}

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

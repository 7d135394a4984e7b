/** The UTC milliseconds at which a local day begins, from Intl alone: not the way the models do it. */
export function localMidnight(day: string, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit"
  });
  const utc = Date.parse(`${day}T00:00:00Z`);
  for (let minutes = -15 * 60; minutes <= 15 * 60; minutes += 15) {
    const at = utc + minutes * 60_000;
    if (format.format(at).replace(", ", "T") === `${day}T00:00`) return at;
  }
  throw new Error(`${day} has no midnight in ${timeZone}`);
}

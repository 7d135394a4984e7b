import {textWidth} from "./frame.js";

/**
 * Labels for periods side by side: "Jan 2026" and "2026 Q1" become two lines, with the year only where it changes;
 * when they still do not fit, every second, third, ... one is kept.
 * @param labels one a period, in order
 * @param step room of one period, px
 * @returns one text a period, "" where there is no room
 */
export function periodTicks(labels: readonly string[], step: number): string[] {
  const split = labels.map(parts);
  const widest = Math.max(
    0,
    ...split.map(([top]) => textWidth(top)),
    ...split.map(([, year]) => (year ? textWidth(year) : 0))
  );
  const every = Math.max(1, Math.ceil((widest + 8) / step));
  let year = "";
  return split.map(([top, of], i) => {
    if (i % every !== 0) return "";
    const line = of && of !== year ? `${top}\n${of}` : top;
    year = of;
    return line;
  });
}

function parts(label: string): [string, string] {
  const [, month, year] = /^(\S{1,6}) (\d{4})$/.exec(label) ?? [];
  if (month && year) return [month, year];
  const [, before, period] = /^(?:FY)?(\d{4})[ -](\S{1,4})$/.exec(label) ?? [];
  return before && period ? [period, before] : [label, ""];
}

/** Values as CSV text (RFC 4180, UTF-8). */

const SPECIAL = /[",\n\r]/;

/** Text, quoted when it must be; null and undefined are empty. */
export function text(value: string | null | undefined): string {
  if (value === null || value === undefined) return "";
  return SPECIAL.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** Cents (an integer) as money with two decimals; null is empty. */
export function money(cents: number | null): string {
  if (cents === null) return "";
  if (cents < 0) return `-${money(-cents)}`;
  const whole = Math.floor(cents / 100);
  const rest = cents - whole * 100;
  return rest === 0 ? `${whole}.00` : rest < 10 ? `${whole}.0${rest}` : `${whole}.${rest}`;
}

/** A number with at most `digits` decimals; null and non-finite are empty. */
export function decimal(value: number | null, digits = 6): string {
  if (value === null || !Number.isFinite(value)) return "";
  return String(Number(value.toFixed(digits)));
}

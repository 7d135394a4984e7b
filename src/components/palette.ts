/**
 * The one module that owns colour. A colour here means something; the values live in src/style.css, so that both
 * themes and print follow.
 */
const MEANINGS = ["won", "lost", "open", "forecast", "direct", "partner", "warning", "wrong"] as const;
const SURFACES = ["ink", "muted", "faint", "line", "surface"] as const;

/** What a colour stands for. */
export type Meaning = (typeof MEANINGS)[number];
/** Text, lines and the background, for marks that carry no meaning of their own. */
export type Surface = (typeof SURFACES)[number];

/** The CSS colour of a meaning, safe as text (4.5:1) in both themes. @example colour("won") // "var(--weir-won)" */
export function colour(meaning: Meaning | Surface): string {
  return `var(--weir-${meaning})`;
}

/** A colour mixed with the background: for bands and fills under text. @param strength 0 (background) to 1 */
export function tint(meaning: Meaning | Surface, strength: number): string {
  return mixed(meaning, strength, "surface");
}

/**
 * n colours for open stages in their order, from light to dark (in the dark theme from dim to bright).
 * @returns n CSS colours, each apart from its neighbours and from the background
 */
export function stageRamp(n: number): string[] {
  return Array.from({length: n}, (_, i) => {
    const at = n === 1 ? 0.6 : i / (n - 1);
    return at <= 0.6
      ? mixed("open", 0.34 + 1.1 * at, "surface")
      : mixed("open", 1 - 1.05 * (at - 0.6), "ink");
  });
}

/** The meaning that is named so, in whatever case. @example meaningNamed("Partner") // "partner" */
export function meaningNamed(word: string): Meaning | undefined {
  return MEANINGS.find((meaning) => meaning === word.toLowerCase());
}

/** Fills for the keys of a stack: known words get their meaning, others a ramp by position. */
export function stackColours(keys: readonly string[]): string[] {
  const known = keys.map(meaningNamed);
  if (known.every((meaning) => meaning !== undefined)) return known.map((meaning) => colour(meaning));
  return stageRamp(keys.length);
}

function mixed(meaning: string, strength: number, base: string): string {
  return `color-mix(in oklab, var(--weir-${meaning}) ${Math.round(strength * 100)}%, var(--weir-${base}))`;
}

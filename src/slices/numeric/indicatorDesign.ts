/**
 * Rows of indicator features laid out so that what many rows share is added up once: levels that follow from those of another place are
 * left out, and what stays the same from row to row (most of a deal, week after week) is taken a stretch of rows at a time.
 */
import type {SparseRows} from "./sparseLogistic.js";

/** The matrix X of ones and noughts, n x p, in the products that a fit needs. */
export interface IndicatorDesign {
  /** X b into `eta`, of length n. */
  scores(b: Float64Array, eta: Float64Array): void;
  /** Xᵀ v, of length p. */
  sums(v: Float64Array): Float64Array;
  /** Xᵀ diag(v) X added to the lower triangle of `gram`, row-major p x p. */
  addGram(v: Float64Array, gram: Float64Array): void;
}

/** A place of the row with its features numbered from 0; -1 (none) is a level like any other. */
interface Place {
  codes: Int32Array;
  /** By code: the features that are 1, its own and those of places that follow from it; their number p stands for none. */
  features: number[][];
  changes: number;
}

/** A place that changes in fewer rows than this share lies in stretches. */
const STEADY = 0.25;

const known = new WeakMap<SparseRows, {p: number; design: IndicatorDesign}>();

/**
 * Lays rows out once; the same object of rows is not looked at again for the same number of features, so it must not change. The room
 * for a matrix of codes is kept as long as the rows are.
 * @param p number of features
 * @throws {Error} when one feature stands at two places of the rows
 */
export function indicatorDesign(rows: SparseRows, p: number): IndicatorDesign {
  const found = known.get(rows);
  if (found?.p === p) return found.design;
  const layout = layOut(rows, placesOf(rows, p), p);
  // Where no matrix is asked for there is no room for one.
  let ofCodes: Float64Array | undefined;
  const design: IndicatorDesign = {
    scores: (b, eta) => scores(layout, b, eta),
    sums: (v) => sums(layout, v),
    addGram(v, gram) {
      ofCodes ??= new Float64Array(layout.size * layout.size);
      codeGram(layout, v, ofCodes);
      spread(layout, ofCodes, gram);
    }
  };
  known.set(rows, {p, design});
  return design;
}

/** The places of the rows that no other tells, the finest first. */
function placesOf({n, width, features}: SparseRows, p: number): Place[] {
  const placeOf = new Int32Array(p).fill(-1);
  const all = Array.from({length: width}, (_, w) => {
    const codeOf = new Int32Array(p + 1).fill(-1);
    const own: number[] = [];
    const codes = new Int32Array(n);
    let changes = 0;
    for (let i = 0; i < n; i++) {
      const feature = features[i * width + w]!;
      const key = feature < 0 ? p : feature;
      if (codeOf[key]! < 0) {
        if (key < p && placeOf[key]! >= 0)
          throw new Error(`feature ${key} stands at two places of the rows: ${placeOf[key]} and ${w}`);
        if (key < p) placeOf[key] = w;
        codeOf[key] = own.length;
        own.push(key);
      }
      codes[i] = codeOf[key]!;
      if (i > 0 && codes[i] !== codes[i - 1]) changes++;
    }
    return {codes, features: own.map((feature) => [feature]), changes};
  }).filter((place) => place.features.some(([feature]) => feature! < p));
  const kept: Place[] = [];
  for (const place of all.sort((a, b) => b.features.length - a.features.length)) {
    const teller = kept.find((other) => addTold(place, other));
    if (!teller) kept.push(place);
  }
  return kept;
}

/** Adds a place's features to those of one that tells it: whose every code goes with one code of it. False when none does. */
function addTold(told: Place, teller: Place): boolean {
  const goesWith = new Int32Array(teller.features.length).fill(-1);
  const {codes} = told;
  for (let i = 0; i < codes.length; i++) {
    const code = teller.codes[i]!;
    if (goesWith[code]! < 0) goesWith[code] = codes[i]!;
    else if (goesWith[code] !== codes[i]) return false;
  }
  for (const [at, code] of goesWith.entries()) teller.features[at]!.push(...told.features[code]!);
  return true;
}

/** Codes of all places in one numbering, the steady ones first, row by row and stretch by stretch. */
interface Layout {
  n: number;
  /** Number of features, and of codes. */
  p: number;
  size: number;
  /** Stretches: the first row of each, and the number of rows at the end. */
  from: Int32Array;
  nSteady: number;
  nMoving: number;
  /** Row-major, stretches x nSteady and n x nMoving. */
  steady: Int32Array;
  moving: Int32Array;
  /** The features of a code: those of `features` from its start to the next one's. */
  featuresFrom: Int32Array;
  features: Int32Array;
}

function layOut({n}: SparseRows, places: readonly Place[], p: number): Layout {
  const isSteady = ({changes}: Place) => changes < STEADY * n;
  const steadyPlaces = places.filter(isSteady);
  const movingPlaces = places.filter((place) => !isSteady(place));
  const [nSteady, nMoving] = [steadyPlaces.length, movingPlaces.length];
  const codes: number[][] = [];
  const offsets = [...steadyPlaces, ...movingPlaces].map(
    ({features}) => codes.push(...features) - features.length
  );
  const starts: number[] = [];
  for (let i = 0; i < n; i++)
    if (i === 0 || steadyPlaces.some((place) => place.codes[i] !== place.codes[i - 1])) starts.push(i);
  const steady = new Int32Array(starts.length * nSteady);
  steadyPlaces.forEach((place, t) => {
    for (let s = 0; s < starts.length; s++) steady[s * nSteady + t] = offsets[t]! + place.codes[starts[s]!]!;
  });
  const moving = new Int32Array(n * nMoving);
  movingPlaces.forEach((place, m) => {
    const offset = offsets[nSteady + m]!;
    for (let i = 0; i < n; i++) moving[i * nMoving + m] = offset + place.codes[i]!;
  });
  const lists = codes.map((list) => list.filter((feature) => feature < p));
  const featuresFrom = new Int32Array(lists.length + 1);
  lists.forEach((list, code) => {
    featuresFrom[code + 1] = featuresFrom[code]! + list.length;
  });
  return {
    n,
    p,
    size: lists.length,
    from: Int32Array.from([...starts, n]),
    nSteady,
    nMoving,
    steady,
    moving,
    featuresFrom,
    features: Int32Array.from(lists.flat())
  };
}

function scores(
  {p, size, from, nSteady, nMoving, steady, moving, ...layout}: Layout,
  b: Float64Array,
  eta: Float64Array
): void {
  const {featuresFrom, features} = layout;
  const at = new Float64Array(size);
  for (let code = 0; code < size; code++)
    for (let f = featuresFrom[code]!; f < featuresFrom[code + 1]!; f++) at[code]! += b[features[f]!]!;
  for (let s = 0; s + 1 < from.length; s++) {
    let base = 0;
    for (let t = s * nSteady, end = t + nSteady; t < end; t++) base += at[steady[t]!]!;
    for (let i = from[s]!, last = from[s + 1]!; i < last; i++) {
      let sum = base;
      for (let m = i * nMoving, end = m + nMoving; m < end; m++) sum += at[moving[m]!]!;
      eta[i] = sum;
    }
  }
}

function sums(
  {p, size, from, nSteady, nMoving, steady, moving, ...layout}: Layout,
  v: Float64Array
): Float64Array {
  const of = new Float64Array(size);
  for (let s = 0; s + 1 < from.length; s++) {
    let total = 0;
    for (let i = from[s]!, last = from[s + 1]!; i < last; i++) {
      const each = v[i]!;
      total += each;
      for (let m = i * nMoving, end = m + nMoving; m < end; m++) of[moving[m]!]! += each;
    }
    for (let t = s * nSteady, end = t + nSteady; t < end; t++) of[steady[t]!]! += total;
  }
  const {featuresFrom, features} = layout;
  const found = new Float64Array(p);
  for (let code = 0; code < size; code++)
    for (let f = featuresFrom[code]!; f < featuresFrom[code + 1]!; f++) found[features[f]!]! += of[code]!;
  return found;
}

/** Xᵀ diag(v) X of codes instead of features; its lower triangle. */
function codeGram(
  {size, from, nSteady, nMoving, steady, moving}: Layout,
  v: Float64Array,
  gram: Float64Array
): void {
  gram.fill(0);
  for (let s = 0; s + 1 < from.length; s++) {
    const [first, last] = [from[s]!, from[s + 1]!];
    const at = s * nSteady;
    let total = 0;
    for (let i = first; i < last; i++) {
      const each = v[i]!;
      total += each;
      for (let m = i * nMoving, start = m, end = m + nMoving; m < end; m++) {
        const row = moving[m]! * size;
        for (let k = start; k <= m; k++) gram[row + moving[k]!]! += each;
      }
    }
    // A moving code stays for some rows of a stretch: they meet the steady ones together.
    for (let m = 0; m < nMoving; m++) {
      let code = moving[first * nMoving + m]!;
      let run = v[first]!;
      for (let i = first + 1; i <= last; i++) {
        const next = i < last ? moving[i * nMoving + m]! : -1;
        if (next === code) run += v[i]!;
        else {
          const row = code * size;
          for (let t = at; t < at + nSteady; t++) gram[row + steady[t]!]! += run;
          code = next;
          run = i < last ? v[i]! : 0;
        }
      }
    }
    for (let t = at; t < at + nSteady; t++) {
      const row = steady[t]! * size;
      for (let k = at; k <= t; k++) gram[row + steady[k]!]! += total;
    }
  }
}

/** Adds what is known of codes to their features; the lower triangle of both. */
function spread({p, size, featuresFrom, features}: Layout, ofCodes: Float64Array, gram: Float64Array): void {
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      const each = ofCodes[a * size + b]!;
      if (each === 0) continue;
      for (let x = featuresFrom[a]!; x < featuresFrom[a + 1]!; x++) {
        const f = features[x]!;
        // Of one code every two features meet once.
        const end = a === b ? x + 1 : featuresFrom[b + 1]!;
        for (let y = featuresFrom[b]!; y < end; y++) {
          const g = features[y]!;
          gram[f > g ? f * p + g : g * p + f]! += each;
        }
      }
    }
}

/** What came of a saved scenario, against what it said and what the forecast said on the same day. */
import type {Said, Scenario} from "../scenario.js";

export interface Score {
  /** Won in its window up to the as-of day, base currency. */
  actual: number;
  /** False while its window has not ended: `actual` is then won so far, and nothing is scored. */
  isOver: boolean;
  /** Whether what came lies in the 80% band it stated; null while not over. */
  isInside: boolean | null;
  /** Actual less expected; null while not over. */
  error: number | null;
  /** The same of the forecast at that time. */
  forecastError: number | null;
}

/** @param actual won in the window up to the as-of day, in the scenario's selection */
export function scoreOf({to, expected, low80, high80, forecast}: Said, actual: number, asOf: string): Score {
  const isOver = to <= asOf;
  return {
    actual,
    isOver,
    isInside: isOver ? actual >= low80 && actual <= high80 : null,
    error: isOver ? actual - expected : null,
    forecastError: isOver ? actual - forecast : null
  };
}

/** One committed file as published: the scenario and its score, or what is wrong with it. */
export interface PublishedScenario {
  file: string;
  scenario: Scenario | null;
  problems: string[];
  /** Null where the file does not say what it came to. */
  score: Score | null;
}

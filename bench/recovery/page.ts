import type {Firm} from "../../loaders/twins/writeTwin.ts";
import type {Judgement} from "./judgedFirm.ts";
export function recoveryPage(
  _judged: ReadonlyMap<Firm, readonly Judgement[]>,
  _of: {firms: number; deals: number}
): string {
  return "";
}

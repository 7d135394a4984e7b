import {dynamics} from "./dynamics/dynamics.ts";
import {hubspot} from "./hubspot/hubspot.ts";
import {orders} from "./orders/orders.ts";
import {partners} from "./partners/partners.ts";
import {pipedrive} from "./pipedrive/pipedrive.ts";
import {salesforce} from "./salesforce/salesforce.ts";
import type {SourceSystem} from "./sourceSystem.ts";
import {spend} from "./spend/spend.ts";
import {spreadsheet} from "./spreadsheet/spreadsheet.ts";

/** Every system whose exports Weir knows. */
export const SYSTEMS: readonly SourceSystem[] = [
  salesforce,
  hubspot,
  pipedrive,
  dynamics,
  partners,
  spend,
  orders,
  spreadsheet
];

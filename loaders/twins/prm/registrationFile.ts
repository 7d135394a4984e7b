/** registrations.csv: the partner portal's deal registrations. */
import {isoDay, isoStamp} from "../calendar/days.ts";
import type {Partner} from "../firm/cast.ts";
import {money, text} from "../output/csvText.ts";
import type {ExportFolder} from "../output/exportFolder.ts";

export const REGISTRATION_COLUMNS = [
  "registration_id",
  "partner_id",
  "partner_name",
  "partner_tier",
  "partner_type",
  "submitted_at",
  "submitted_by",
  "status",
  "decided_at",
  "decided_by",
  "reject_reason",
  "expires_at",
  "end_customer_name",
  "end_customer_domain",
  "country",
  "product_line",
  "estimated_amount",
  "currency",
  "expected_close_date",
  "crm_opportunity_id",
  "converted_at",
  "conflict_flag",
  "conflict_with",
  "deal_type",
  "distributor_id",
  "partner_crm_id"
];

export type RegistrationStatus =
  | "submitted"
  | "under_review"
  | "approved"
  | "rejected"
  | "expired"
  | "withdrawn"
  | "converted";

/** A registration; times are seconds since 1970, null when it has not come to that. */
export interface Registration {
  /** 1, 2, 3 ... in the portal; 0 until it is written. */
  number: number;
  partner: number;
  submittedAt: number;
  status: RegistrationStatus;
  decidedAt: number | null;
  rejectReason: string;
  expiresAt: number | null;
  customerName: string;
  customerDomain: string;
  country: string;
  productLine: string;
  estimatedCents: number;
  currency: string;
  expectedCloseDay: number;
  crmId: string;
  convertedAt: number | null;
  /** The registration of the same deal it collides with; null for none. */
  conflictWith: Registration | null;
  dealType: "resell" | "referral" | "co-sell";
}

/** The portal's number of a registration: DR-000001. */
export function registrationId(number: number): string {
  return `DR-${String(number).padStart(6, "0")}`;
}

/** The portal's number of a partner: PRT-0001. */
export function partnerNumber(index: number): string {
  return `PRT-${String(index + 1).padStart(4, "0")}`;
}

/** Writes registrations one by one and numbers them. */
export function registrationWriter(
  folder: ExportFolder,
  partners: readonly Partner[],
  partnerCrmId: (index: number) => string,
  deciderEmails: readonly string[]
): (registration: Registration) => void {
  const file = folder.file("registrations.csv", REGISTRATION_COLUMNS);
  const distributor = partners.find(({kind}) => kind === "distributor");
  const stamp = (at: number | null) => (at === null ? "" : isoStamp(at));
  let number = 0;
  const assign = (registration: Registration) => {
    if (registration.number === 0) registration.number = ++number;
    return registrationId(registration.number);
  };
  return (registration) => {
    const partner = partners[registration.partner]!;
    const {conflictWith, decidedAt} = registration;
    const via = partner.kind === "reseller" && partner.tier === "Registered" && distributor;
    file.row(
      `${assign(registration)},${partnerNumber(partner.index)},${text(partner.name)},${partner.tier},${partner.kind},${isoStamp(registration.submittedAt)},sales@${partner.domain},${registration.status},${stamp(decidedAt)},${decidedAt === null ? "" : deciderEmails[partner.manager]},${registration.rejectReason},${stamp(registration.expiresAt)},${text(registration.customerName)},${registration.customerDomain},${registration.country},${registration.productLine},${money(registration.estimatedCents)},${registration.currency},${isoDay(registration.expectedCloseDay)},${registration.crmId},${stamp(registration.convertedAt)},${conflictWith !== null},${conflictWith ? assign(conflictWith) : ""},${registration.dealType},${via ? partnerNumber(distributor.index) : ""},${partnerCrmId(partner.index)}`
    );
  };
}

/** A partner portal's export beside a CRM's: a match by score, one by id, a doubt, and one the CRM does not have. */
import {writeFileSync} from "node:fs";
import {join} from "node:path";

const WORKSPACE = `company: Test
base_currency: EUR
pipelines:
  - id: sales
    stages: [{id: Open, kind: open}, {id: Won, kind: won}, {id: Lost, kind: lost}]
files:
  - path: deals.csv
    maps:
      - {table: deal, columns: {deal_id: id, name: name, account_id: account, stage_id: stage, amount: amount, created_at: created, closed_at: closed}}
  - path: accounts.csv
    maps: [{table: account, columns: {account_id: id, name: name, domain: domain, country: country}}]
  - path: partners.csv
    maps: [{table: partner, columns: {partner_id: id, name: name}}]
  - path: registrations.csv
    maps:
      - table: registration
        columns: {registration_id: id, partner_id: partner, end_customer_name: customer, country: country, estimated_amount: amount, currency: {column: currency}, submitted_at: submitted, status: status, deal_id: crm}
  - path: rates.csv
    maps: [{table: fx_rate, columns: {currency: currency, "on": day, rate: rate}}]
`;
const FILES = {
  "deals.csv": `id,name,account,stage,amount,created,closed
D1,Alpha,A1,Won,1000.00,2024-01-10,2024-03-01
D2,Beta,A2,Open,5000.00,2024-02-01,
D3,Gamma,A3,Open,700.00,2024-02-10,
D4,Delta,A3,Open,720.00,2024-02-11,
`,
  "accounts.csv": `id,name,domain,country
A1,Müller & Söhne GmbH,mueller.de,DE
A2,Kestrel Robotics Ltd,kestrel.io,GB
A3,Nordic Systems AB,,SE
`,
  "partners.csv": "id,name\nP1,Reseller One\nP2,Reseller Two\n",
  "registrations.csv": `id,partner,customer,country,amount,currency,submitted,status,crm
R1,P1,MULLER UND SÖHNE,Germany,1000.00,EUR,2024-01-05,approved,
R2,P1,Whatever,,,,2024-02-05,approved,D2
R3,P2,Nordic Systems,Sweden,710.00,USD,2024-02-05,approved,
R4,P2,Unheard Of Inc,US,90.00,USD,2024-02-06,under_review,
`,
  "rates.csv": "currency,day,rate\nUSD,2024-01-01,0.90\n"
};

/** Writes the workspace and its exports into a folder. */
export function writePortal(dir: string): void {
  writeFileSync(join(dir, "workspace.yaml"), WORKSPACE);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, name), text);
}

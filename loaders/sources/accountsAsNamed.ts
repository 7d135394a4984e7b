/** Customers as records name them: by the id of a listed account, by its name, or by a name that no list has. */
import type {Engine} from "../engine/engine.ts";
import {literal} from "../engine/sqlText.ts";
import {NO_VALUE} from "./noValue.ts";
import {keepAsTable, sourceTable} from "./sourceTables.ts";

const NAMING = ["deal", "order", "subscription"] as const;

export interface AccountsAsNamed {
  /** Records whose account was a word for no value; they have none. */
  nFillers: number;
  /** Records that name a listed account by its name; they have its id. */
  nByName: number;
  /** Accounts made of what records name, where no export lists accounts. */
  nMade: number;
  /** Groups of those whose names differ only in case and spaces: each stays an account of its own. */
  nAlike: number;
  alike: string | null;
  /** Customers of orders and contracts by number (or by name) where deals name the other: whose they are nothing says. */
  nUnjoined: number;
}

/**
 * Settles the accounts of deals, orders and contracts in place. Where no export lists accounts, those that they name are the accounts,
 * known as they are named there: reports write the customer's name, and a deal that has one is not without a customer.
 */
export async function takeAccountsAsNamed(engine: Engine): Promise<AccountsAsNamed> {
  const isFiller = `regexp_full_match(trim(account_id), ${literal(NO_VALUE)}, 'i')
    and account_id not in (select account_id from source.account where account_id is not null)`;
  let nFillers = 0;
  // A contract without an account is no contract, so its word stays, and no account is made of it.
  for (const name of ["deal", "order"] as const) nFillers += await settle(engine, name, "null", isFiller);
  const [known] = await engine.rows("select 1 from source.account limit 1");
  if (!known) return {nFillers, nByName: 0, ...(await makeAccounts(engine))};
  return {nFillers, nByName: await takeIds(engine), nMade: 0, nAlike: 0, alike: null, nUnjoined: 0};
}

/** A name that exactly one listed account has is that account. */
async function takeIds(engine: Engine): Promise<number> {
  await engine.run(`create temp table account_of_name as
    select ${spelled("name")} as spelling, min(account_id) as account_id from source.account
    where trim(name) <> '' group by 1 having count(distinct account_id) = 1`);
  let n = 0;
  for (const name of NAMING)
    n += await settle(
      engine,
      name,
      `(select named.account_id from account_of_name as named where named.spelling = ${spelled(`${sourceTable(name)}.account_id`)})`,
      `account_id not in (select account_id from source.account where account_id is not null)
        and ${spelled("account_id")} in (select spelling from account_of_name)`
    );
  await engine.run("drop table account_of_name");
  return n;
}

/** Sets the account of the records that `where` takes; a table without such records stays as it is. */
async function settle(
  engine: Engine,
  name: (typeof NAMING)[number],
  to: string,
  where: string
): Promise<number> {
  const table = sourceTable(name);
  const [row] = await engine.rows<{n: number}>(`select count(*)::integer as n from ${table} where ${where}`);
  if (row!.n === 0) return 0;
  await keepAsTable(engine, name);
  await engine.run(`update ${table} set account_id = ${to} where ${where}`);
  return row!.n;
}

/** Deals say how customers are named; orders and contracts that number them where deals do not, or the reverse, add none. */
async function makeAccounts(engine: Engine): Promise<Omit<AccountsAsNamed, "nFillers" | "nByName">> {
  await keepAsTable(engine, "account");
  const naming = NAMING.map(
    (
      name
    ) => `select account_id, regexp_full_match(trim(account_id), '[0-9]+') as is_number, ${name === "deal"} as is_deal,
      source_system, source_file, source_record from ${sourceTable(name)}
      where trim(account_id) <> '' and not regexp_full_match(trim(account_id), ${literal(NO_VALUE)}, 'i')`
  );
  // The lineage is that of one record: the first of the file that comes first.
  await engine.run(`create temp table named as
    select account_id, any_value(is_number) as is_number, bool_or(is_deal) as is_deal,
      min({'file': source_file, 'record': source_record, 'system': source_system}) as said
    from (${naming.join(" union all ")}) group by account_id`);
  const isJoined = `is_deal or is_number in (select is_number from named where is_deal)
    or not exists (select 1 from named where is_deal)`;
  await engine.run(`insert into source.account (account_id, name, source_system, source_file, source_record)
    select account_id, account_id, said.system, said.file, said.record from named where ${isJoined} order by account_id`);
  const [row] = await engine.rows<Omit<AccountsAsNamed, "nFillers" | "nByName">>(`
    with alike as (
      select string_agg(account_id, ', ' order by account_id) as names from named where ${isJoined}
      group by ${spelled("account_id")} having count(*) > 1
    )
    select (select count(*) from source.account)::integer as "nMade",
      (select count(*) from named where not (${isJoined}))::integer as "nUnjoined",
      (select count(*) from alike)::integer as "nAlike", (select min(names) from alike) as alike`);
  await engine.run("drop table named");
  return row!;
}

/** A name without what two people write differently. */
function spelled(name: string): string {
  return `lower(trim(regexp_replace(nfc_normalize(${name}), '\\s+', ' ', 'g')))`;
}

/** What a person should know of it, a line each. */
export function accountsInWords({
  nFillers,
  nByName,
  nMade,
  nAlike,
  alike,
  nUnjoined
}: AccountsAsNamed): string[] {
  const count = (n: number, one: string, many: string) =>
    `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
  return [
    nMade > 0 &&
      `no export lists accounts: ${count(nMade, "customer is", "customers are")} taken from the names in deals, orders and contracts`,
    nAlike > 0 &&
      `names that differ only in case or spaces are customers of their own: ${alike}${nAlike > 1 ? `, and ${nAlike - 1} more` : ""}`,
    nUnjoined > 0 &&
      `${count(nUnjoined, "customer", "customers")} of orders and contracts could not be joined: deals name customers in another way (by name, not by number, or the reverse); an export of accounts with ids and names joins them`,
    nByName > 0 &&
      `${count(nByName, "record names its account", "records name their account")} by the name of exactly one in the list: taken as that`,
    nFillers > 0 &&
      `${count(nFillers, "record has", "records have")} a word for no value as account (such as "-" or "unknown"): taken as none`
  ].filter((line) => line !== false);
}

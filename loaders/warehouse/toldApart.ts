/** The names by which several people or partners of one name are told apart: the one place that does so in SQL. */

/**
 * SQL of the name that is shown.
 * @param isOne whether nobody else goes by that name (SQL)
 * @param name the name alone (SQL, not null)
 * @param region where they are: it tells those apart that share it with no namesake (SQL, may be null)
 * @param id what tells the others apart (SQL, not null)
 */
export function toldApart(isOne: string, name: string, region: string, id: string): string {
  const isAloneThere = `${region} is not null and count(*) over (partition by ${name}, ${region}) = 1`;
  return `case
    when ${isOne} then ${name}
    else ${name} || ' (' || case when ${isAloneThere} then ${region} else ${id} end || ')'
  end`;
}

/** What was won in the last year, by a name: name, value, squares (sum of squared amounts). */
export const YEAR = "interval 365 day";
export const won = (name: string, where: string) => `
  select ${name} as name, sum(won_amount)::double as value, sum(won_amount::double ** 2) as squares
  from marts.deals, workspace.run
  where outcome = 'won' and closed_on > run.as_of - ${YEAR} and ${where}
  group by 1`;

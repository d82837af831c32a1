import { codesOf, isAnswered, objectsIn } from "../answer.ts";
import { doesNotApply, type Finding, type Lab, unless } from "../finding.ts";
import { fill } from "../target.ts";
import { listQuestion } from "./predicates.ts";

/**
 * Row 4: rows that are shown alike must stand in an order that does not depend on what is hidden:
 * within each such group, that of their ids.
 */
export async function orders(lab: Lab): Promise<Finding[]> {
  const { target, client } = lab;
  const probe = "order by a protected field";
  if (target.list?.order == null) return [doesNotApply(probe, "the target names no order")];
  const leaks: string[] = [];
  const told = new Set<string>();
  let compared = 0;
  const names = [...new Set([...target.list.orders, ...lab.secrets.map(({ field }) => field)])];
  for (const name of names)
    for (const direction of ["ASC", "DESC"]) {
      const orderBy = fill(target.list.order, { FIELD: name, DIRECTION: direction });
      const answer = await client.ask("masked", listQuestion(lab, { orderBy }, name));
      for (const code of codesOf(answer)) told.add(code);
      if (!isAnswered(answer)) continue;
      told.add("data");
      const rows = objectsIn(answer.body.data).filter((row) => name in row && "id" in row);
      const groups = alike(rows, name);
      compared += groups.length;
      if (!groups.every(standsById))
        leaks.push(`${name} ${direction} shows ranks of hidden values`);
    }
  if (told.has("data") && compared === 0)
    return [doesNotApply(probe, "it is answered, and no two rows are shown alike")];
  return [
    unless(leaks, probe, `${names.length} fields both ways; answered with ${[...told].join(", ")}`),
  ];
}

/** Ids of rows that are shown alike, group by group, in the order of the answer. */
function alike(rows: readonly Record<string, unknown>[], name: string): string[][] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(row[name]));
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => group.map((row) => JSON.stringify(row["id"])));
}

function standsById(ids: readonly string[]): boolean {
  const upwards = ids.toSorted();
  return ids.join() === upwards.join() || ids.join() === upwards.toReversed().join();
}

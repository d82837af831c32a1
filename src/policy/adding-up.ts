import type { Catalog, FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Finding } from "./findings.ts";
import type { Grant, Policy } from "./rule.ts";

/**
 * Fields whose partial and coarse form tell different things, where one role is given the one and
 * another role the other: together they know more than either was given. A role that holds both
 * levels itself is only given the higher.
 */
export function addingUp(policy: Policy, catalog: Catalog): Finding[] {
  const grants = policy.rules.filter((rule): rule is Grant => rule.kind === "grant");
  return [...catalog.values()].flatMap(({ name, fields }) =>
    [...fields.values()].filter(tellsTwoThings).flatMap((field): Finding[] => {
      const partial = grants.filter((grant) => gives({ grant, field, level: "PARTIAL" }));
      const coarse = grants.filter((grant) => gives({ grant, field, level: "COARSE" }));
      const [first] = coarse;
      if (first === undefined || partial.length === 0) return [];
      const others = partial.map(({ id }) => id).join(", ");
      const message = `"${first.id}" and ${others} give ${name}.${field.name} at COARSE and PARTIAL, and the one form is not part of the other: together they tell more. Give both the same level.`;
      return [{ severity: "warning", file: first.file, line: first.line, message }];
    }),
  );
}

function gives({
  grant,
  field,
  level,
}: {
  grant: Grant;
  field: FieldDefinition;
  level: Disclosure;
}): boolean {
  return grant.types.includes(field.type) && grant.levels.get(field.category) === level;
}

/** Judged by the examples of the two forms: what the coarse one shows, the partial one shows too. */
function tellsTwoThings({ renderings: { PARTIAL, COARSE } }: FieldDefinition): boolean {
  if (PARTIAL === undefined || COARSE === undefined) return false;
  const fine = Array.from(PARTIAL.example);
  return Array.from(COARSE.example).some(
    (sign, index) => !"*X".includes(sign) && fine[index] !== sign,
  );
}

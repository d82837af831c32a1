import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from "graphql";

/** Draws a whole number from 0 to below `end`. */
export type Draw = (end: number) => number;

const DEEPEST = 6;
const ROOTS = ["customer", "customers", "node", "nodes", "transfer", "transfers"];

/** Named rows of the demonstration, so that documents meet interesting ones: every state, both parties. */
export const NAMED_IDS = "501 503 504 505 506 508 509 510 511 514 515 516 518 519 521 705 711 720"
  .split(" ")
  .map((end) => `0192a000-0000-7000-8000-000000000${end}`);

/**
 * A valid query of any shape: nested lists, aliases, fragments on types and interfaces, skipped
 * fields. Every object tells its type and, where it has one, its id, so that a reader of the answer
 * knows what it is.
 */
export function randomQuery(schema: GraphQLSchema, draw: Draw): string {
  let aliases = 0;

  function selection(name: string, depth: number): string | null {
    if (depth > DEEPEST) return null;
    const type = schema.getType(name);
    if (isInterfaceType(type)) {
      // One of them only: fields of one name and different types would conflict.
      const types = schema.getPossibleTypes(type);
      return `{ __typename id ${fragment(types[draw(types.length)]?.name ?? "", depth)} }`;
    }
    if (!isObjectType(type)) return null;
    const fields = Object.values(type.getFields()).filter(({ name: field }) =>
      name === "Query" ? ROOTS.includes(field) : field !== "id" && draw(3) === 0,
    );
    const wanted = name === "Query" ? fields.filter(() => draw(3) === 0) : fields;
    const id = "id" in type.getFields() ? "id" : "";
    return `{ __typename ${id} ${wanted.map((field) => selected(field, depth)).join(" ")} }`;
  }

  function fragment(name: string, depth: number): string {
    const inner = selection(name, depth + 1);
    return inner === null ? "" : `... on ${name} ${inner}`;
  }

  function selected(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? selection(type.name, depth + 1) : "";
    if (inner === null) return "";
    const skipped = draw(20) === 0 ? "@skip(if: true)" : "";
    // Without an alias two fragments could ask for one name with different arguments.
    const alias = field.args.length > 0 ? `a${++aliases}: ` : "";
    return `${alias}${field.name}${argumentsOf(field.args)} ${skipped} ${inner}`;
  }

  function argumentsOf(known: readonly GraphQLArgument[]): string {
    const texts = known.flatMap(({ name }) => {
      if (name === "id") return [`id: "${someId()}"`];
      if (name === "ids") return [`ids: ["${someId()}", "${someId()}", "${someId()}"]`];
      return name === "first" ? [`first: ${1 + draw(4)}`] : [];
    });
    return texts.length === 0 ? "" : `(${texts.join(", ")})`;
  }

  function someId(): string {
    return NAMED_IDS[draw(NAMED_IDS.length)] ?? "";
  }

  return `query Random ${selection("Query", 0)}`;
}

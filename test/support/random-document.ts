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

/** Draws that are the same for the same number, evenly spread (mulberry32). */
export function drawsFrom(number: number): Draw {
  let state = number;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

const DEEPEST = 6;
const ROOTS = ["customer", "customers", "node", "nodes", "transfer", "transfers"];

/** Named rows of the demonstration, so that documents meet interesting ones: every state, both parties. */
export const NAMED_IDS = "501 503 504 505 506 508 509 510 511 514 515 516 518 519 521 705 711 720"
  .split(" ")
  .map((end) => `0192a000-0000-7000-8000-000000000${end}`);

/** What a random document is made from. */
export interface DocumentSource {
  readonly schema: GraphQLSchema;
  readonly draw: Draw;
  /** Ids of which the document asks; those of the demonstration unless told. */
  readonly ids?: readonly string[];
}

/**
 * A valid query of any shape: nested lists, aliases, fragments on types and interfaces, inline and by
 * name, skipped fields. Every object tells its type and, where it has one, its id, so that a reader of
 * the answer knows what it is.
 */
export function randomQuery(source: DocumentSource): string {
  const { selection, fragments } = writerOf(source);
  const body = selection("Query", 0);
  return [`query Random ${body}`, ...fragments].join("\n");
}

/** A change of one customer, whose payload is asked for in any shape. */
export function randomChange(source: DocumentSource, input: string): string {
  const { selection, fragments } = writerOf(source);
  const body = selection("Customer", 2);
  return [
    `mutation Random { changed: updateCustomer(input: ${input}) { whole: customer ${body} } }`,
    ...fragments,
  ].join("\n");
}

function writerOf({ schema, draw, ids = NAMED_IDS }: DocumentSource): {
  selection: (name: string, depth: number) => string | null;
  fragments: string[];
} {
  const fragments: string[] = [];
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
    const wanted = name === "Query" ? fields.filter(() => draw(2) === 0) : fields;
    const id = "id" in type.getFields() ? "id" : "";
    const inner = wanted
      .map((field) => selected(field, depth))
      .join(" ")
      .trim();
    const plain = `__typename ${id}`;
    if (inner === "" || draw(5) > 0) return `{ ${plain} ${inner} }`;
    return `{ ${plain} ${draw(2) === 0 ? `... on ${name} { ${inner} }` : spread(name, inner)} }`;
  }

  function fragment(name: string, depth: number): string {
    const inner = selection(name, depth + 1);
    return inner === null ? "" : `... on ${name} ${inner}`;
  }

  function spread(name: string, inner: string): string {
    const own = `Part${fragments.length}`;
    fragments.push(`fragment ${own} on ${name} { ${inner} }`);
    return `...${own}`;
  }

  function selected(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    const inner = isCompositeType(type) ? selection(type.name, depth + 1) : "";
    if (inner === null) return "";
    const skipped = draw(20) === 0 ? "@skip(if: true)" : "";
    // Without an alias two fragments could ask for one name with different arguments.
    const isRenamed = field.args.length > 0 || draw(8) === 0;
    const alias = isRenamed ? `a${++aliases}: ` : "";
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
    return ids[draw(ids.length)] ?? "";
  }

  return { selection, fragments };
}

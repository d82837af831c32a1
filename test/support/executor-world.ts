import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
} from "graphql";
import { type Draw, drawsFrom } from "./random-document.ts";

/*
 * A schema of everything that an executor has to do, over objects whose values are drawn: there at once,
 * later, wrong or not at all.
 */

const Colour = new GraphQLEnumType({
  name: "Colour",
  values: { RED: { value: 1 }, BLUE: { value: 2 } },
});

const Named = new GraphQLInterfaceType({
  name: "Named",
  fields: { name: { type: GraphQLString }, friend: { type: GraphQLString } },
  resolveType: (value: Drawn) => value.kind,
});

const OBJECTS = ["Thing", "Other"] as const;
const types = new Map<string, GraphQLObjectType>(
  OBJECTS.map((name) => [
    name,
    new GraphQLObjectType({
      name,
      interfaces: [Named],
      fields: fieldsOfObjects,
      ...(name === "Other" && {
        isTypeOf: (value: Drawn) =>
          value.isLate ? Promise.resolve(value.kind === name) : value.kind === name,
      }),
    }),
  ]),
);
const Either = new GraphQLUnionType({
  name: "Either",
  types: [...types.values()],
  resolveType: (value: Drawn) => (value.isLate ? Promise.resolve(value.kind) : value.kind),
});

function fieldsOfObjects(): GraphQLFieldConfigMap<Drawn, unknown> {
  const thing = types.get("Thing") as GraphQLObjectType;
  const shapes: Record<string, GraphQLOutputType> = {
    number: GraphQLInt,
    fraction: GraphQLFloat,
    truth: GraphQLBoolean,
    colour: Colour,
    numbers: new GraphQLList(new GraphQLNonNull(GraphQLInt)),
    thing,
    sureThing: new GraphQLNonNull(thing),
    things: new GraphQLList(thing),
    sureThings: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(thing))),
    rows: new GraphQLList(new GraphQLList(thing)),
    named: Named,
    either: new GraphQLList(Either),
  };
  const drawn = Object.entries(shapes).map(([field, type]) => [
    field,
    {
      type,
      args: {
        size: { type: GraphQLInt, defaultValue: 2 },
        sure: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 },
      },
      resolve: (source: Drawn, { size }: { size: number | null }) =>
        source.drawValue(field, type, size),
    },
  ]);
  return {
    name: { type: GraphQLString },
    friend: { type: GraphQLString },
    key: { type: new GraphQLNonNull(GraphQLID) },
    ...Object.fromEntries(drawn),
  };
}

const Query = new GraphQLObjectType({ name: "Query", fields: fieldsOfObjects });
const Mutation = new GraphQLObjectType({ name: "Mutation", fields: fieldsOfObjects });
export const schema = new GraphQLSchema({
  query: Query,
  mutation: Mutation,
  types: [...types.values()],
});

/** An object whose values are drawn from its own number, the same whoever asks and in whatever order. */
export class Drawn {
  readonly kind: string;
  readonly isLate: boolean;
  readonly #seed: number;

  constructor(seed: number) {
    const draw = drawsFrom(seed);
    this.#seed = seed;
    this.kind = OBJECTS[draw(OBJECTS.length)] ?? "Thing";
    this.isLate = draw(3) === 0;
  }

  get name(): unknown {
    return this.#drawLeaf("name", GraphQLString);
  }

  get key(): unknown {
    return drawsFrom(this.#seed + 7)(20) === 0 ? null : this.#seed;
  }

  friend(): unknown {
    return `friend of ${this.#seed}`;
  }

  drawValue(field: string, type: GraphQLOutputType, size: number | null): unknown {
    return valueOf(type, { draw: drawsFrom(this.#seed + numberOf(field)), size: size ?? 0 });
  }

  #drawLeaf(field: string, type: GraphQLOutputType): unknown {
    return this.drawValue(field, type, 0);
  }
}

function numberOf(text: string): number {
  return Array.from(text).reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) | 0, 17);
}

/** A value of a type, or something in its place that is none. */
function valueOf(type: GraphQLOutputType, { draw, size }: { draw: Draw; size: number }): unknown {
  const oddity = draw(30);
  if (oddity === 0) return null;
  if (oddity === 1) return new Error("returned");
  if (oddity === 2) return Promise.reject(new Error("rejected"));
  if (oddity === 3) throw new Error("thrown");
  if (oddity === 4) return undefined;
  if (oddity === 5) return { no: "value" };
  const value = plainValueOf(type, { draw, size });
  return oddity < 12 ? Promise.resolve(value) : value;
}

function plainValueOf(type: GraphQLOutputType, of: { draw: Draw; size: number }): unknown {
  const { draw } = of;
  if (type instanceof GraphQLNonNull) return plainValueOf(type.ofType as GraphQLOutputType, of);
  if (type instanceof GraphQLList) {
    const length = Math.max(0, Math.min(of.size, 3));
    const item = type.ofType as GraphQLOutputType;
    const items = Array.from({ length }, () => settledOr(() => valueOf(item, of)));
    // Of items that must not be null graphql-js lets rejections go unheard when another one throws.
    return item instanceof GraphQLNonNull
      ? items.map(async (one) => {
          if (one instanceof Error) throw one;
          return one;
        })
      : items;
  }
  if (type === Colour) return 1 + draw(3);
  if (type === GraphQLString) return `text ${draw(9)}`;
  if (type === GraphQLBoolean) return draw(2) === 0;
  if (type === GraphQLInt) return draw(12) === 0 ? "no number" : draw(100);
  if (type === GraphQLFloat) return draw(100) / 8;
  return new Drawn(draw(1_000_000));
}

/** An item that throws while the list is made would be no item. */
function settledOr(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return error;
  }
}

/** A random document with variables that steer `@skip`, `@include` and arguments. */
export function documentOf(draw: Draw): { text: string; variables: Record<string, unknown> } {
  const fragments: string[] = [];
  let aliases = 0;
  const variables = { flag: draw(2) === 0, size: draw(4) === 0 ? null : draw(4) };
  const operation = draw(4) === 0 ? "mutation" : "query";
  const body = selection(operation === "query" ? "Query" : "Mutation", 0);
  const head = `${operation} Random($flag: Boolean!, $size: Int = 2)`;
  const text = [`${head} ${body}`, ...fragments].join("\n");
  return { text, variables };

  function selection(type: string, depth: number): string {
    // Every variable is used once at least, as validation wants it.
    const root = depth === 0 ? "used: name @include(if: $flag) sized: number(size: $size) " : "";
    const parts = Array.from({ length: 1 + draw(4) }, () => part(type, depth)).join(" ");
    return `{ ${root}key ${parts} }`;
  }

  function part(type: string, depth: number): string {
    const choice = draw(12);
    if (choice === 0) return `... on ${type} ${selection(type, depth + 1)}`;
    if (choice === 1) {
      const name = `Part${fragments.length}`;
      fragments.push("");
      const at = fragments.length - 1;
      fragments[at] = `fragment ${name} on ${type} ${selection(type, depth + 1)}`;
      return `...${name} ...${name}`;
    }
    const directive =
      ["", "", "", "@skip(if: $flag)", "@include(if: $flag)", "@skip(if: true)"][draw(6)] ?? "";
    return `a${++aliases}: ${fieldOf(depth)} `.replace("@", directive);
  }

  function fieldOf(depth: number): string {
    const size = ["", "(size: $size)", "(size: 3)", "(sure: 2)"][draw(4)] ?? "";
    const leaf = ["number", "fraction", "truth", "colour", "numbers"][draw(5)] ?? "number";
    const composite = ["thing", "sureThing", "things", "sureThings", "rows"][draw(5)] ?? "thing";
    if (depth > 3 || draw(2) === 0)
      return draw(3) === 0 ? "name @" : draw(3) === 0 ? "__typename @" : `${leaf}${size} @`;
    if (draw(4) === 0)
      return `named${size} @ { __typename name friend ... on Thing ${selection("Thing", depth + 1)} }`;
    if (draw(4) === 0)
      return `either${size} @ { __typename ... on Named { name } ... on Other ${selection("Other", depth + 1)} }`;
    return `${composite}${size} @ ${selection("Thing", depth + 1)}`;
  }
}

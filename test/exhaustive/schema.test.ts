import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { buildApi } from "../../src/api.ts";
import { levelsOf } from "../../src/classification/describe.ts";
import { GUARDED_TYPES } from "../../src/catalog.ts";
import { goldenRequests } from "../support/golden-request.ts";

const { schema, catalog } = buildApi();

/** Fields of guarded types that say nothing of the row. */
const OPEN_FIELDS = ["access", "id"];

describe("every field of every guarded type", () => {
  test.each(GUARDED_TYPES.map(({ name }) => name))(
    "%s: is in the catalog, and nothing else is",
    (name) => {
      const known = [...(catalog.get(name)?.fields.keys() ?? [])];
      expect(fieldNamesOf(name)).toEqual([...known, ...OPEN_FIELDS].sort());
    },
  );

  test("tells its class, category, legal tags and forms", () => {
    for (const type of catalog.values()) {
      for (const field of type.fields.values()) {
        const graphqlType = schema.getType(type.name);
        const description =
          isObjectType(graphqlType) && graphqlType.getFields()[field.name]?.description;
        const tags =
          field.legalTags.length === 0 ? "" : `, legal tags ${field.legalTags.join(", ")}`;
        expect(description).toContain(
          `Class ${field.classification}, category ${field.category}${tags}.\n\nLevels: ${levelsOf(field).join("; ")}.`,
        );
      }
    }
  });

  test("is nullable, so that it can be withheld", () => {
    for (const type of catalog.values()) {
      const graphqlType = schema.getType(type.name);
      if (!isObjectType(graphqlType)) throw new Error(`${type.name} is no object type`);
      for (const name of type.fields.keys()) {
        expect(String(graphqlType.getFields()[name]?.type)).not.toMatch(/!$/);
      }
    }
  });
});

test("every type, field, argument and input says what it is", () => {
  expect(withoutDescription(schema)).toEqual([]);
});

test("every operation and every field of an object type is in a golden request", () => {
  const wanted = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) => fieldNamesOf(type.name).map((field) => `${type.name}.${field}`));
  const asked = fieldsInGoldens();
  expect(wanted.filter((field) => !asked.has(field)).sort()).toEqual([]);
});

function fieldNamesOf(type: string): string[] {
  const graphqlType = schema.getType(type);
  return isObjectType(graphqlType) ? Object.keys(graphqlType.getFields()).sort() : [];
}

/** Fields that golden requests select; one selected on an interface counts for all that implement it. */
function fieldsInGoldens(): Set<string> {
  const asked = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  for (const { document } of goldenRequests()) {
    if (document === null) continue;
    visit(
      document,
      visitWithTypeInfo(typeInfo, {
        Field: ({ name }) => {
          const parent = typeInfo.getParentType();
          const types = isInterfaceType(parent) ? schema.getPossibleTypes(parent) : [parent];
          for (const type of types) asked.add(`${type?.name}.${name.value}`);
        },
      }),
    );
  }
  return asked;
}

function withoutDescription(of: GraphQLSchema): string[] {
  const missing: string[] = [];
  const expectText = (place: string, text: string | null | undefined): void => {
    if (!text) missing.push(place);
  };
  for (const type of Object.values(of.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type) || type === of.getQueryType())
      continue;
    if (type !== of.getMutationType()) expectText(type.name, type.description);
    if (isEnumType(type)) continue;
    const holdsFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    for (const field of holdsFields ? Object.values(type.getFields()) : []) {
      expectText(`${type.name}.${field.name}`, field.description);
      for (const argument of "args" in field ? field.args : []) {
        expectText(`${type.name}.${field.name}(${argument.name})`, argument.description);
      }
    }
  }
  return missing;
}

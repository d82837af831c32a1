import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isListType,
  isNonNullType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from "graphql";
import { objectTemplate } from "../lib/object-template.ts";
import { answerObject } from "./answer-object.ts";
import { collectFields } from "./collect-fields.ts";
import { type AnswerObject, completion } from "./complete.ts";
import { leafCompletion, plainCompletion } from "./complete-leaf.ts";
import type { Operation } from "./operation.ts";
import type { RowGuard, RowWriter } from "./row-guard.ts";
import type { BareStep, Step } from "./step.ts";

/** The fields of one object type at one place of a document. */
export interface Selection {
  readonly type: GraphQLObjectType;
  readonly steps: readonly Step[];
  /** Null where the objects are no rows. */
  readonly rows: RowSelection | null;
  /** Every key of an answer, in the order of the selection. */
  readonly template: Readonly<Record<string, unknown>>;
}

/** How rows are answered: the guard writes what it can, and steps go on from there. */
export interface RowSelection {
  readonly writerFor: (context: never) => RowWriter;
  /** Steps that the guard does not write; `asked` is the position of those that it lets pass or not. */
  readonly others: readonly OtherStep[];
}

interface OtherStep {
  readonly step: Step;
  readonly asked: number | null;
}

/** Compiles what is selected of a type. */
export function selectionOf(
  operation: Operation,
  place: {
    readonly type: GraphQLObjectType;
    readonly sets: readonly SelectionSetNode[];
    /** Pattern of the objects; empty at the root. */
    readonly within: string;
  },
): Selection {
  const { type, sets, within } = place;
  const guard = operation.guardOf(type);
  const steps: Step[] = [];
  for (const [key, nodes] of collectFields(operation, type, sets)) {
    const field = fieldOf(operation, type, nodes[0] as FieldNode);
    // Validation has refused what the type does not have.
    if (field === undefined) continue;
    const pattern = within === "" ? key : `${within}.${key}`;
    const isNullable = !isNonNullType(field.type);
    const resolve = guard?.leadsTo(field.name) ?? field.resolve;
    const bare = { key, nodes, field, parentType: type, pattern, isNullable };
    steps.push({ ...stepOf(operation, bare), resolve });
  }
  const template = objectTemplate(steps.map(({ key }) => key));
  return { type, steps, rows: guard === null ? null : rowSelectionOf(guard, steps), template };
}

function fieldOf(
  { schema }: Operation,
  type: GraphQLObjectType,
  { name: { value: name } }: FieldNode,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

function stepOf(operation: Operation, step: BareStep): Omit<Step, "resolve"> {
  const { type } = step.field;
  return {
    ...step,
    leaf: leafCompletion(type, step),
    complete: completion(type, step, answersBelow(operation, step)),
  };
}

/** Answers objects below a field; what is selected of a type is compiled when one is first met. */
function answersBelow(operation: Operation, step: BareStep): AnswerObject {
  const sets = step.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const within = step.pattern + ".*".repeat(listDepth(step.field.type));
  const selections = new Map<GraphQLObjectType, Selection>();
  return (type) => {
    let selection = selections.get(type);
    if (selection === undefined) {
      selection = selectionOf(operation, { type, sets, within });
      selections.set(type, selection);
    }
    const known = selection;
    return (run, path, source) => answerObject(run, { selection: known, source, path });
  };
}

function listDepth(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listDepth(type.ofType);
  return isListType(type) ? 1 + listDepth(type.ofType) : 0;
}

function rowSelectionOf(guard: RowGuard, steps: readonly Step[]): RowSelection {
  const fields = steps.map((step) => {
    const { key, field, pattern } = step;
    return { key, name: field.name, pattern, complete: plainCompletion(field.type, step) };
  });
  const others = steps.flatMap((step, position): OtherStep[] => {
    const role = guard.roleOf(step.field.name);
    if (role === "writes") return [];
    return [{ step, asked: role === "passes" ? position : null }];
  });
  return { writerFor: guard.prepare(fields), others };
}

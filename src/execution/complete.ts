import {
  defaultTypeResolver,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { requireValue, serialization } from "./complete-leaf.ts";
import { after, isPromise, unheard } from "./promise.ts";
import type { ResponsePath } from "./response-path.ts";
import { type Run, settle } from "./run.ts";
import { type BareStep, infoOf } from "./step.ts";

/** Makes of what a resolver gave what stands in the answer, or a promise of it. */
export type Complete = (run: Run, path: ResponsePath, value: unknown) => unknown;

/** Answers an object of a type, now or later. */
export type AnswerObject = (type: GraphQLObjectType) => Complete;

/** How values of a type are completed (GraphQL October 2021, section 6.4.3). */
export function completion(
  type: GraphQLOutputType,
  step: BareStep,
  answer: AnswerObject,
): Complete {
  if (isNonNullType(type)) {
    const inner = completion(type.ofType, step, answer);
    return (run, path, value) => requireValue(inner(run, path, value), step);
  }
  const whole = completionOfValue(type, step, answer);
  return (run, path, value) => {
    if (value == null) return null;
    if (value instanceof Error) throw value;
    return whole(run, path, value);
  };
}

function completionOfValue(
  type: GraphQLOutputType,
  step: BareStep,
  answer: AnswerObject,
): Complete {
  if (isListType(type)) return list(type.ofType, step, answer);
  if (isAbstractType(type)) return abstract(type, step, answer);
  if (isObjectType(type)) return object(type, step, answer);
  if (!isLeafType(type)) throw new TypeError(`${String(type)} is no type of answers.`);
  const form = serialization(type);
  return (_run, _path, value) => form(value);
}

function list(itemType: GraphQLOutputType, step: BareStep, answer: AnswerObject): Complete {
  const completeItem = completionOfItem(itemType, step, answer);
  return (run, path, value) => {
    if (!isIterable(value))
      throw new GraphQLError(
        `Expected Iterable, but did not find one for field "${step.parentType.name}.${step.field.name}".`,
      );
    const items: unknown[] = [];
    let waits = false;
    try {
      for (const item of value) {
        const itemPath: ResponsePath = { prev: path, key: items.length, typename: undefined };
        const completed = completeItem(run, itemPath, item);
        waits ||= isPromise(completed);
        items.push(completed);
      }
    } catch (error) {
      unheard(items);
      throw error;
    }
    return waits ? Promise.all(items) : items;
  };
}

/** An item of a list; most are there at once, and cost no more than their value. */
function completionOfItem(
  itemType: GraphQLOutputType,
  step: BareStep,
  answer: AnswerObject,
): Complete {
  const inner = completion(itemType, step, answer);
  const isNullable = !isNonNullType(itemType);
  const failed = (run: Run, path: ResponsePath, error: unknown): null =>
    settle(run, { error, step, path, isNullable });
  const later = (run: Run, path: ResponsePath, value: Promise<unknown>): Promise<unknown> =>
    value.then(undefined, (error) => failed(run, path, error));
  return (run, path, value) => {
    if (isPromise(value)) return later(run, path, comes(value, inner, { run, path }));
    let completed: unknown;
    try {
      completed = inner(run, path, value);
    } catch (error) {
      return failed(run, path, error);
    }
    return isPromise(completed) ? later(run, path, completed) : completed;
  };
}

async function comes(
  value: Promise<unknown>,
  inner: Complete,
  { run, path }: { run: Run; path: ResponsePath },
): Promise<unknown> {
  return inner(run, path, await value);
}

function object(type: GraphQLObjectType, step: BareStep, answer: AnswerObject): Complete {
  const { isTypeOf } = type;
  if (!isTypeOf) return (run, path, value) => answer(type)(run, path, value);
  return (run, path, value) =>
    after(isTypeOf(value, run.context, infoOf(step, run, path)), (fits) => {
      if (fits !== true)
        throw new GraphQLError(`Expected value of type "${type.name}".`, { nodes: step.nodes });
      return answer(type)(run, path, value);
    });
}

function abstract(type: GraphQLAbstractType, step: BareStep, answer: AnswerObject): Complete {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const objects = new Map<GraphQLObjectType, Complete>();
  return (run, path, value) =>
    after(resolveType(value, run.context, infoOf(step, run, path), type), (name) => {
      const found = possibleType(run, type, name);
      let complete = objects.get(found);
      if (complete === undefined) objects.set(found, (complete = object(found, step, answer)));
      return complete(run, path, value);
    });
}

function possibleType(run: Run, type: GraphQLAbstractType, name: unknown): GraphQLObjectType {
  const { schema } = run.operation;
  const found = typeof name === "string" ? schema.getType(name) : undefined;
  if (!isObjectType(found) || !schema.isSubType(type, found))
    throw new GraphQLError(`A value of the abstract type "${type.name}" has no object type.`);
  return found;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

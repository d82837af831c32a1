import { defaultFieldResolver } from "graphql";
import { after, isPromise, orElse, unheard } from "./promise.ts";
import type { ResponsePath } from "./response-path.ts";
import type { RowWriter } from "./row-guard.ts";
import { type Run, settle } from "./run.ts";
import type { RowSelection, Selection } from "./selection.ts";
import { argumentsOf, infoOf, type Step } from "./step.ts";

/** An object of which something is selected. */
export interface AskedObject {
  readonly selection: Selection;
  readonly source: unknown;
  /** Undefined for the answer itself. */
  readonly path: ResponsePath | undefined;
}

type Answer = Record<string, unknown>;

/** Answers the fields of an object, at the same time where they have to be waited for. */
export function answerObject(run: Run, asked: AskedObject): unknown {
  const { selection, source, path } = asked;
  const out: Answer = { ...selection.template };
  const { rows } = selection;
  const pending: Pending = [];
  try {
    if (rows === null) {
      for (const step of selection.steps) {
        out[step.key] = answerField(run, { step, source, path });
        noteLate(out, step, pending);
      }
    } else {
      const follows = writerOf(run, rows).write({ row: source as object, out, path, fail });
      for (const { step, asked: position } of rows.others) {
        const isOpen = position === null || follows[position] === true;
        out[step.key] = isOpen ? answerField(run, { step, source, path }) : null;
        noteLate(out, step, pending);
      }
    }
  } catch (error) {
    unheard(pending.map(([, value]) => value));
    throw error;
  }
  return pending.length === 0 ? out : settled(out, pending);

  function fail(position: number, error: unknown): null {
    const step = selection.steps[position] as Step;
    return settle(run, { error, step, path: placeOf(step, path), isNullable: step.isNullable });
  }
}

/** Answers the fields of an object one after the other, as those of mutations are. */
export async function answerSerially(run: Run, asked: AskedObject): Promise<unknown> {
  const { selection, source, path } = asked;
  const out: Answer = { ...selection.template };
  for (const step of selection.steps)
    out[step.key] = await answerField(run, { step, source, path });
  return out;
}

type Pending = (readonly [key: string, value: Promise<unknown>])[];

/** What has to be waited for is put in its place later. */
function noteLate(out: Answer, { key }: Step, pending: Pending): void {
  const value = out[key];
  if (isPromise(value)) pending.push([key, value]);
}

async function settled(out: Answer, pending: Pending): Promise<Answer> {
  const [first] = pending;
  if (first !== undefined && pending.length === 1) {
    out[first[0]] = await first[1];
    return out;
  }
  const values = await Promise.all(pending.map(([, value]) => value));
  pending.forEach(([key], index) => (out[key] = values[index]));
  return out;
}

function writerOf(run: Run, rows: RowSelection): RowWriter {
  let writer = run.writers.get(rows);
  if (writer === undefined) {
    writer = rows.writerFor(run.context as never);
    run.writers.set(rows, writer);
  }
  return writer;
}

interface AskedField {
  readonly step: Step;
  readonly source: unknown;
  readonly path: ResponsePath | undefined;
}

function answerField(run: Run, { step, source, path }: AskedField): unknown {
  const { leaf } = step;
  if (leaf !== null && step.resolve === undefined)
    return answerProperty(run, { step, source, path, leaf });
  const place = placeOf(step, path);
  return orElse(
    () =>
      after(resolved(run, { step, source, path: place }), (value) =>
        step.complete(run, place, value),
      ),
    (error) => settle(run, { error, step, path: place, isNullable: step.isNullable }),
  );
}

/** A property that is a value without parts needs no path unless it is a method or fails. */
function answerProperty(
  run: Run,
  { step, source, path, leaf }: AskedField & { readonly leaf: (value: unknown) => unknown },
): unknown {
  return orElse(
    () => {
      const value = propertyOf(source, step.field.name);
      return typeof value === "function"
        ? after(methodOf(run, { step, source, path }), leaf)
        : after(value, leaf);
    },
    (error) => settle(run, { error, step, path: placeOf(step, path), isNullable: step.isNullable }),
  );
}

function methodOf(run: Run, { step, source, path }: AskedField): unknown {
  const place = placeOf(step, path);
  const methods = source as Record<string, (...given: readonly unknown[]) => unknown>;
  return methods[step.field.name]?.(argumentsOf(step, run), run.context, infoOf(step, run, place));
}

function resolved(
  run: Run,
  { step, source, path }: AskedField & { readonly path: ResponsePath },
): unknown {
  const resolve = step.resolve ?? defaultFieldResolver;
  return resolve(source, argumentsOf(step, run), run.context, infoOf(step, run, path));
}

function propertyOf(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null
    ? (source as Record<string, unknown>)[name]
    : undefined;
}

function placeOf({ key, parentType }: Step, prev: ResponsePath | undefined): ResponsePath {
  return { prev, key, typename: parentType.name };
}

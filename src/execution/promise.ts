/** Whether something is a promise, by having `then`. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}

/** Does something that may fail at once or later, and puts something in its place if it does. */
export function orElse(work: () => unknown, failed: (error: unknown) => unknown): unknown {
  try {
    const result = work();
    return isPromise(result) ? result.then(undefined, failed) : result;
  } catch (error) {
    return failed(error);
  }
}

/** Lets what is still under way end unheard, because something else has failed for all of it. */
export function unheard(values: readonly unknown[]): void {
  for (const value of values) if (isPromise(value)) value.then(undefined, () => undefined);
}

/** Goes on with a value, now or when it is there. What only looks like a promise is made one. */
export function after(value: unknown, goOn: (value: unknown) => unknown): unknown {
  return isPromise(value) ? Promise.resolve(value).then(goOn) : goOn(value);
}

const names = new Set<string>();

/**
 * Declares that every field of a type is a property of what its resolver returned. The schema then
 * reads it as it is; type-graphql would wrap each field of each row in a promise.
 */
export function declarePlain(name: string): void {
  names.add(name);
}

/** Whether a type was declared to be plain data. */
export function isPlain(name: string): boolean {
  return names.has(name);
}

import type { Disclosure } from "./disclosure.ts";
import { existenceMask, FULL_MASK, type Shape } from "./shape.ts";

/** The other values of a record, by field name, for renderings that depend on a sibling. */
export type RecordView = Readonly<Record<string, unknown>>;

/** How a field looks at one disclosure level. */
export interface Rendering {
  /** Stable name, used in documents and obligations. */
  readonly name: string;
  /** A made-up value as it looks, for the schema and the access matrix. */
  readonly example: string;
  /** Sibling fields that `render` reads; they are loaded with the field. */
  readonly reads?: readonly string[];
  /** Total: any text gives a rendering, and none gives back more than the level allows. */
  readonly render: (value: string, record: RecordView) => string;
}

/** The levels for which a field may declare a rendering of its own; the others have a fixed form. */
export type RenderedLevel = Extract<Disclosure, "PARTIAL" | "COARSE">;

/** Renderings of one field. What is not declared falls to the next lower level. */
export type Renderings = Partial<Readonly<Record<RenderedLevel, Rendering>>>;

/**
 * Applies a rendering. A result that would give the value itself away is replaced by the full
 * mask, so that a masked value never equals the clear one (domain 5.3, rule 5); the level does
 * not change with it, since a level that depends on the value would tell about the value.
 */
export function applyRendering({
  rendering,
  value,
  record,
  shape,
}: {
  rendering: Rendering;
  value: string;
  record: RecordView;
  shape: Shape;
}): string | null {
  const rendered = rendering.render(value, record);
  return rendered === value ? maskWhole(value, shape) : rendered;
}

/** The full mask of a shape, or nothing where the value happens to be written like the mask. */
export function maskWhole(value: string, shape: Shape): string | null {
  const mask = existenceMask(shape) ?? FULL_MASK;
  return mask === value ? null : mask;
}

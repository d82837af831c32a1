import { resolve } from "node:path";
import { z } from "zod";

/** A setting's text, read as a value of type T. */
export type SettingShape<T> = z.ZodType<T, string>;

/** A whole number within bounds, written in digits only. */
export function wholeNumber(bounds: { min: number; max: number }): SettingShape<number> {
  return z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(bounds.min).max(bounds.max));
}

/** A path, made absolute against the working directory. */
export function absolutePath(): SettingShape<string> {
  return z.string().transform((path) => resolve(path));
}

/** Words or ranges separated by commas; every one has to pass the check. */
export function commaList(check: {
  passes: (item: string) => boolean;
  fault: string;
}): SettingShape<readonly string[]> {
  return z
    .string()
    .transform((text) => text.split(",").map((item) => item.trim()))
    .refine((items) => items.every(check.passes), check.fault);
}

/** A JSON text of the given shape. */
export function jsonOf<T>(shape: z.ZodType<T>): SettingShape<T> {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "must be valid JSON" });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

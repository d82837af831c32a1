import { tooComplex, type QueryLimits } from "./limits.ts";

type VariableLimits = Pick<QueryLimits, "maxVariableValues" | "maxVariableDepth">;

/**
 * Refuses variables that are too many or nested too deeply, before anything recursive reads them:
 * the limit on tokens bounds a document, not what comes beside it.
 *
 * @throws QUERY_TOO_COMPLEX
 */
export function refuseLargeVariables(variables: unknown, limits: VariableLimits): void {
  let values = 0;
  let level: unknown[] = [variables];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.maxVariableDepth)
      throw tooComplex({ limit: "variableDepth", allowed: limits.maxVariableDepth, asked: depth });
    values += level.length;
    if (values > limits.maxVariableValues)
      throw tooComplex({ limit: "variables", allowed: limits.maxVariableValues, asked: values });
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
  }
}

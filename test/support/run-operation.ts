import { type DocumentNode, type ExecutionResult, parse } from "graphql";
import type { RequestContext } from "../../src/graphql/context.ts";
import type { ExecutableSchema } from "../../src/graphql/schema.ts";

/** Documents are parsed once, as by the server, so that all callers share what was compiled of them. */
const documents = new Map<string, DocumentNode>();

/** Runs an operation without HTTP and Apollo; everything below them is as ever. */
export function runOperation({
  api,
  source,
  context,
}: {
  api: ExecutableSchema;
  source: string;
  context: RequestContext;
}): Promise<ExecutionResult> {
  const document = documents.get(source) ?? parse(source);
  documents.set(source, document);
  return api.execute({ document, context });
}

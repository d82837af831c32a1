import { showAnswer } from "./answer.js";
import { copyText, curlCommand } from "./copy.js";
import { mountEditor } from "./editor.js";
import { fillExamples } from "./examples.js";
import { createSession } from "./session.js";
import { followTheme } from "./theme.js";

const element = (id) => document.getElementById(id);

const [callers, operations] = await Promise.all(
  ["/demo/callers", "/ide/operations.json"].map(async (url) => (await fetch(url)).json()),
);

const session = createSession({
  callers,
  elements: { caller: element("caller"), purpose: element("purpose"), about: element("about") },
});

const editor = mountEditor({
  root: element("editor"),
  text: operations[0]?.text ?? "{ __typename }",
  ask: async (operation) => {
    const began = performance.now();
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { ...(await session.headers()), "content-type": "application/json" },
      body: JSON.stringify(operation),
    });
    const answer = await response.json();
    // The editor asks for the schema by itself, which is no answer to the reader.
    if (operation.operationName !== "IntrospectionQuery")
      showAnswer({
        line: element("answer"),
        withheld: element("withheld"),
        response,
        answer,
        tookMs: performance.now() - began,
      });
    return answer;
  },
});

fillExamples({
  list: element("examples"),
  operations,
  onChoose: ({ text }) => editor.show(text),
});
followTheme({ button: element("theme"), onChange: (theme) => editor.setTheme(theme) });

session.onChange(() => {
  if (element("rerun").checked && editor.hasAnswered()) editor.run();
});

onPress("copy-token", async () => session.token());
onPress("copy-curl", async () =>
  curlCommand({ headers: await session.headers(), query: editor.text() }),
);

function onPress(id, textToCopy) {
  const button = element(id);
  button.addEventListener("click", () => void copyText({ button, text: textToCopy() }));
}

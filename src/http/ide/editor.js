const { createElement } = window.React;

/** Puts GraphiQL on the page and gives the few handles that the rest of the page needs. */
export function mountEditor({ root, text, ask }) {
  const reactRoot = window.ReactDOM.createRoot(root);
  const state = { text, theme: "system", hasAnswered: false };

  async function fetcher(operation) {
    const answer = await ask(operation);
    if (operation.operationName !== "IntrospectionQuery") state.hasAnswered = true;
    return answer;
  }

  function render() {
    const properties = {
      fetcher,
      query: state.text,
      onEditQuery: (edited) => (state.text = edited),
      forcedTheme: state.theme,
      isHeadersEditorEnabled: false,
      defaultEditorToolsVisibility: false,
    };
    reactRoot.render(createElement(window.GraphiQL, properties));
  }
  render();
  new MutationObserver(() => letTabLeave(root)).observe(root, { childList: true, subtree: true });

  return {
    text: () => state.text,
    hasAnswered: () => state.hasAnswered,
    run: () => root.querySelector(".graphiql-execute-button")?.click(),
    show: (shown) => {
      state.text = shown;
      render();
    },
    setTheme: (theme) => {
      state.theme = theme;
      render();
    },
  };
}

/** CodeMirror keeps the Tab key for itself, which would hold keyboard users in its fields (WCAG 2.1.2). */
function letTabLeave(root) {
  for (const field of root.querySelectorAll(".CodeMirror:not([data-tab-leaves])")) {
    field.dataset.tabLeaves = "";
    field.CodeMirror?.addKeyMap({ Tab: false, "Shift-Tab": false });
  }
}

// The page of the preview: puts in what it is sent, and says where a click leads. It runs nothing of what it shows.
"use strict";
(() => {
  const vscode = acquireVsCodeApi();
  const plan = document.getElementById("plan");
  const note = document.getElementById("note");

  const ELEMENTS = new Set(
    ("a abbr article aside b br caption code col colgroup dd del details div dl dt em figcaption figure footer h1 h2 h3 " +
      "h4 h5 h6 header hr i ins kbd li main mark meter nav ol p pre progress q s samp section small span strong sub " +
      "summary sup table tbody td tfoot th thead time tr u ul var svg g path rect line circle ellipse polyline polygon " +
      "text tspan title desc").split(" "),
  );
  const ATTRIBUTES = new Set(
    ("class id title lang dir role colspan rowspan scope span open value min max low high optimum datetime start " +
      "reversed viewbox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform dx dy text-anchor " +
      "preserveaspectratio pathlength tabindex").split(" "),
  );

  /** Takes out whatever is not plainly there to be read. */
  function clean(root) {
    for (const element of [...root.querySelectorAll("*")]) {
      if (!ELEMENTS.has(element.localName.toLowerCase())) {
        element.remove();
        continue;
      }
      for (const { name } of [...element.attributes]) {
        const known = name.toLowerCase();
        if (!ATTRIBUTES.has(known) && !known.startsWith("data-") && !known.startsWith("aria-")) {
          element.removeAttribute(name);
        }
      }
    }
  }

  function show({ html, note: text, uri, line }) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    clean(parsed.body);
    // What was open stays open.
    const closed = new Set([...plan.querySelectorAll("details:not([open]) > summary")].map((all) => all.textContent));
    plan.replaceChildren(...document.importNode(parsed.body, true).childNodes);
    for (const summary of plan.querySelectorAll("details > summary")) {
      if (closed.has(summary.textContent)) {
        summary.parentElement.open = false;
      }
    }
    for (const element of plan.querySelectorAll("[data-line]")) {
      if (element.tabIndex < 0) {
        element.tabIndex = 0;
      }
    }
    note.textContent = text;
    note.hidden = text === "";
    document.body.classList.toggle("old", text !== "");
    here(uri, line);
    vscode.setState({ uri });
  }

  /** Marks what the cursor's line says. */
  function here(uri, line) {
    const all = [...plan.querySelectorAll("[data-line]")].filter(
      (element) => Number(element.dataset.line) === line && (element.dataset.uri ?? uri) === uri,
    );
    for (const element of all) {
      (element.closest("tr") ?? element).classList.add("here");
    }
    all[0]?.scrollIntoView({ block: "nearest" });
  }

  function reveal(event) {
    const element = event.target.closest("[data-line]");
    if (!element || getSelection().toString() !== "") {
      return;
    }
    const uri = element.closest("[data-uri]")?.dataset.uri ?? vscode.getState()?.uri;
    vscode.postMessage({ type: "reveal", uri, line: Number(element.dataset.line) });
    event.preventDefault();
  }

  plan.addEventListener("click", reveal);
  plan.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      reveal(event);
    }
  });
  addEventListener("message", ({ data }) => {
    if (data.type === "show") {
      show(data);
    }
  });
  vscode.postMessage({ type: "ready" });
})();

// The start of the desk's script: htmx with our rules. The build adds every island of islands/desk/.
import htmx from "htmx.org";
import "./lib/focus";
import "./lib/polling";
import "./lib/waiting-line";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollBehavior: "auto",
  defaultSettleDelay: 0, // what has come answers at once, however quick somebody is
  attributesToSettle: ["class", "width", "height"],
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "409|422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

document.documentElement.classList.add("has-script");

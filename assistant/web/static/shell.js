/* The frame's behaviour: language, theme, address, views, reader. Runs in the page's head, before everything else; what it does
   waits for controls that come later. Nothing is kept in the browser: what is to be found again stands in the address's fragment,
   which no server sees. */

"use strict";

const radslag = (() => {
  const language = document.documentElement.lang;
  const FILTERS = ["municipality", "body", "kind", "status", "year"];

  // Gradio words its own controls in the browser's language, and writes that into the page; it is told the page's.
  for (const [name, value] of [["language", language], ["languages", [language]]])
    Object.defineProperty(navigator, name, {get: () => value});

  // -- the address: #q=…&q=…&municipality=…&view=…

  const read = () => new URLSearchParams(location.hash.slice(1));

  const write = (parameters, push = false) => {
    const fragment = parameters.toString();
    const address = location.pathname + location.search + (fragment && "#" + fragment);
    if (fragment !== location.hash.slice(1)) history[push ? "pushState" : "replaceState"](push ? null : history.state, "", address);
    known = parameters.getAll("q").join("\n");
    pointAtOther();
  };

  let known = read().getAll("q").join("\n");
  const questions = () => read().getAll("q").filter(question => question.trim());

  const addressed = () => {
    const given = read();
    return Object.fromEntries(FILTERS.filter(key => given.get(key)).map(key => [key, given.get(key)]));
  };

  // -- filters

  const form = () => document.querySelector("#filters form");

  const filters = () => {
    const chosen = Object.fromEntries([...new FormData(form())].filter(([, value]) => value));
    const {first_year: first, last_year: last, ...rest} = chosen;
    const years = [...(form().elements.first_year?.options ?? [])].map(option => option.value).filter(Boolean);
    if (!first && !last) return rest;
    const [from, to] = [first || years[0], last || years[years.length - 1]];
    return {...rest, year: from === to ? from : `${from}-${to}`};
  };

  const nameFilters = () => {
    const bar = form().closest("details");
    const names = [...form().elements].filter(each => each.value && each.name).map(each =>
      each.name === "first_year" ? each.value + "–" : each.name === "last_year" ? "–" + each.value
        : each.selectedOptions[0].textContent);
    bar.querySelector(".chosen").textContent = names.join(" · ").replace("– · –", "–") || bar.dataset.none;
    bar.classList.toggle("active", names.length > 0);
  };

  const filtersChanged = () => {
    nameFilters();
    const parameters = read();
    for (const key of FILTERS) parameters.delete(key);
    for (const [key, value] of Object.entries(filters())) parameters.set(key, value);
    write(parameters);
  };

  /* Set the lists as the address says; whether it says anything. */
  const restoreFilters = () => {
    const given = addressed();
    const [first, last] = (given.year ?? "").split("-");
    const values = {...given, first_year: first, last_year: last ?? first};
    for (const list of form().querySelectorAll("select"))
      if ([...list.options].some(option => option.value === values[list.name])) list.value = values[list.name];
    nameFilters();
    return Object.keys(given).length > 0;
  };

  // -- the conversation

  const conversationChanged = element => {
    const parameters = read();
    const asked = [...element.querySelectorAll("[data-question]")].map(each => each.dataset.question);
    parameters.delete("q");
    for (const question of asked) parameters.append("q", question);
    write(parameters);
  };

  /* The address that asks the questions up to this one again, with the filters they were asked with. */
  const linkTo = exchange => {
    const parameters = new URLSearchParams();
    for (const each of document.querySelectorAll("#conversation .exchange")) {
      parameters.append("q", each.querySelector("[data-question]").dataset.question);
      if (each === exchange) break;
    }
    const held = JSON.parse(exchange.querySelector("[data-filters]").dataset.filters);
    for (const [key, value] of Object.entries(held)) parameters.set(key, value);
    return location.origin + location.pathname + "#" + parameters;
  };

  /* The old way of copying works without https too, as in an intranet. */
  const copyLink = button => {
    const link = linkTo(button.closest(".exchange"));
    const fill = copying => {
      copying.preventDefault();
      copying.clipboardData.setData("text/plain", link);
    };
    document.addEventListener("copy", fill, {once: true});
    const copied = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    if (copied) document.querySelector("#status [role=status]").textContent = button.dataset.copied;
    if (copied) button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 2000);
  };

  // -- views

  const show = view => {
    const tab = document.getElementById(`view-${view}-button`);
    if (!tab) return false;
    tab.click();
    for (const link of document.querySelectorAll("a[data-view]"))
      link.dataset.view === view ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    document.documentElement.dataset.view = view;
    return true;
  };

  const go = view => {
    const parameters = read();
    view === "ask" ? parameters.delete("view") : parameters.set("view", view);
    write(parameters, true);
    show(view);
    window.scrollTo(0, 0);
  };

  const current = () => read().get("view") || "ask";

  addEventListener("popstate", () => {
    if (reading() && covers.matches && !history.state?.reading) closeReader();
    else if (read().getAll("q").join("\n") !== known) location.reload();
    else show(current());
  });

  // -- theme

  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let theme = ["light", "dark"].includes(read().get("theme")) ? read().get("theme") : "system";

  const shade = () => (theme === "system" ? (prefersDark.matches ? "dark" : "light") : theme);

  const shine = () => {
    const dark = shade() === "dark";
    document.documentElement.style.colorScheme = shade();
    if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
  };

  prefersDark.addEventListener("change", shine);

  const setTheme = chosen => {
    theme = chosen;
    shine();
    if (reading()) {
      const {location: shown} = reader().querySelector("iframe").contentWindow;
      shown.replace(themed(shown.href));
    }
    pointAtOther();
  };

  /* The link to the page in the other language takes everything along. */
  const pointAtOther = () => {
    const link = document.getElementById("language");
    if (!link) return;
    const parameters = read();
    parameters.delete("theme");
    if (theme !== "system") parameters.set("theme", theme);
    link.hash = parameters.toString();
  };

  // -- the reader

  let cameFrom = null;
  const reader = () => document.querySelector("#reader .reader");
  const reading = () => Boolean(reader()) && !reader().hidden;
  const covers = matchMedia("(max-width: 63.99rem)"); // where the reader lies over the page instead of beside it

  /* What the reader covers can't be reached; on a phone, "back" leads from the reader to the page. */
  const cover = () => {
    const covered = reading() && covers.matches;
    for (const name of ["top", "filters", "views", "foot"]) document.getElementById(name).inert = covered;
    if (covered && !history.state?.reading) history.pushState({reading: true}, "");
  };

  covers.addEventListener("change", cover);

  const themed = href => {
    const address = new URL(href, location.href);
    theme === "system" ? address.searchParams.delete("theme") : address.searchParams.set("theme", theme);
    return address.href;
  };

  const openReader = link => {
    cameFrom = link;
    for (const other of document.querySelectorAll("a[target=reader][aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    reader().hidden = false;
    document.documentElement.classList.add("reading");
    cover();
    reader().querySelector("iframe").contentWindow.location.replace(themed(link.href));
    reader().querySelector(".close").focus({preventScroll: true});
  };

  const closeReader = () => {
    reader().hidden = true;
    document.documentElement.classList.remove("reading");
    cover();
    cameFrom?.removeAttribute("aria-current");
    if (cameFrom?.isConnected) cameFrom.focus();
    cameFrom = null;
  };

  document.addEventListener("click", event => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    const link = event.target.closest("a[href]");
    if (event.target.closest("#reader .close")) closeReader();
    if (event.target.closest(".copy-link")) copyLink(event.target.closest(".copy-link"));
    if (!link || !plain) return;
    if (link.target === "reader") {
      event.preventDefault();
      openReader(link);
    } else if (link.dataset.view) {
      event.preventDefault();
      go(link.dataset.view);
    } else if (link.getAttribute("href").startsWith("#")) {
      event.preventDefault(); // the fragment holds the conversation: within the page, the focus moves instead
      const goal = document.getElementById(link.hash.slice(1));
      if (goal && !goal.hasAttribute("tabindex")) goal.tabIndex = -1;
      goal?.focus();
      goal?.scrollIntoView({block: "start"});
    }
  });

  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && reading()) closeReader();
  });

  /* The frame is on the page: wire what only now exists. */
  const ready = element => {
    shine();
    new MutationObserver(shine).observe(document.body, {attributes: true, attributeFilter: ["class"]});
    new MutationObserver(() => {
      if (document.documentElement.lang !== language) document.documentElement.lang = language;
    }).observe(document.documentElement, {attributes: true, attributeFilter: ["lang"]});
    const list = document.getElementById("theme");
    list.value = theme;
    list.addEventListener("change", () => setTheme(list.value));
    pointAtOther();
    element.querySelector("iframe").addEventListener("load", event => {
      event.target.contentDocument?.addEventListener("keydown", pressed => {
        if (pressed.key === "Escape") closeReader();
      });
    });
    const begin = () => show(current()) || setTimeout(begin, 50);
    begin();
  };

  return {questions, addressed, filters, filtersChanged, restoreFilters, conversationChanged, ready, go};
})();

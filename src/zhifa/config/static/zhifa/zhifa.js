// Small manners of the interface: `/` goes to search, a form is sent once, what was typed survives.
(() => {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-back]") && window.history.length > 1) {
      event.preventDefault();
      window.history.back();
    }
  });

  // A part of a page that could not be fetched says so, and goes when the next one can.
  const lost = "zf-lost";
  const say = () => {
    if (document.getElementById(lost)) return;
    const box = document.createElement("div");
    box.id = lost;
    box.className = "alert alert-danger";
    box.setAttribute("role", "alert");
    box.textContent = "网络中断，刚才的内容没有送到；填写的内容仍在，请稍后再试。";
    document.getElementById("content").prepend(box);
  };
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, say));
  document.addEventListener("htmx:afterOnLoad", () => document.getElementById(lost)?.remove());

  // A second click on the same button does nothing while the first is under way.
  const free = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "get") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    window.setTimeout(() => free(form), 15000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));

  // A lost connection in mid-form: what was typed is kept on this device, for this person, until the
  // server has said that it was done. Key: person and form; fields in order, files excepted.
  const store = window.localStorage;
  const prefix = "zhifa-draft:";
  const person = document.body.dataset.person || "";
  const keyOf = (name) => `${prefix}${person}:${name}`;
  const days = 7;
  const forget = (wanted) => Object.keys(store).filter((key) => key.startsWith(prefix) && wanted(key))
    .forEach((key) => store.removeItem(key));
  forget((key) => {
    try { return Date.now() - JSON.parse(store.getItem(key)).at > days * 86400000; } catch { return true; }
  });

  // The page that says "done" comes after the form it was done with.
  const sent = window.sessionStorage.getItem("zhifa-sent");
  if (sent && document.querySelector("[data-done]")) {
    store.removeItem(sent);
    window.sessionStorage.removeItem("zhifa-sent");
  }
  document.querySelectorAll("[data-drop-draft]").forEach((element) => {
    store.removeItem(keyOf(element.dataset.dropDraft));
  });
  document.querySelectorAll("form[data-forget-drafts]").forEach((form) => {
    form.addEventListener("submit", () => forget(() => true));
  });

  const kept = (element) => element.name && !["file", "hidden", "password", "submit", "button"].includes(element.type)
    && element.name !== "csrfmiddlewaretoken";
  const read = (form) => [...form.elements].filter(kept).map((element) =>
    ["checkbox", "radio"].includes(element.type)
      ? [element.name, element.value, element.checked] : [element.name, element.value]);
  const fill = (form, fields) => {
    const taken = new Map();
    for (const [name, value, checked] of fields) {
      const same = [...form.elements].filter((element) => kept(element) && element.name === name);
      if (checked !== undefined) {
        const box = same.find((element) => element.value === value);
        if (box) box.checked = checked;
        continue;
      }
      const at = taken.get(name) || 0;
      taken.set(name, at + 1);
      if (at >= same.length) {
        const box = same.length && same[0].closest("[data-rows]");
        if (!box) continue;
        addRow(box);
        same.push(...[...form.elements].filter((element) => element.name === name).slice(same.length));
      }
      if (same[at]) same[at].value = value;
    }
  };
  const notice = (form, key) => {
    const box = document.createElement("div");
    box.className = "alert alert-info";
    box.setAttribute("role", "status");
    const files = form.querySelector("input[type=file]") ? "；文件需要重新选择" : "";
    box.textContent = `已填回上次没有提交的内容${files}。`;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-sm ms-2";
    drop.textContent = "不要这些内容";
    drop.addEventListener("click", () => { store.removeItem(key); form.reset(); box.remove(); });
    box.append(drop);
    form.prepend(box);
  };

  // Rows of repeated fields: add one more like the last.
  const addRow = (box) => {
    const rows = box.querySelectorAll("[data-row]");
    const row = rows[rows.length - 1].cloneNode(true);
    row.querySelectorAll("input, textarea, select").forEach((field) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else field.value = "";
      if (field.id) field.id = `${field.id}_${rows.length}`;
    });
    row.querySelectorAll("label[for]").forEach((label) => { label.htmlFor = `${label.htmlFor}_${rows.length}`; });
    rows[rows.length - 1].after(row);
    return row;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    event.preventDefault(); // without a script the button sends the form, and the server adds the row
    const row = addRow(document.getElementById(button.dataset.addRow));
    const first = row.querySelector("input, textarea, select");
    if (first) first.focus();
  });

  // On a phone the way of a case is wider than the screen: show where it stands.
  document.querySelectorAll(".zf-steps .now").forEach((now) => {
    const way = now.parentElement.getBoundingClientRect();
    const here = now.getBoundingClientRect();
    now.parentElement.scrollLeft += here.left - way.left - (way.width - here.width) / 2;
  });

  const watch = (form) => {
    const key = keyOf(form.dataset.draft);
    const saved = store.getItem(key);
    if (saved && !("bound" in form.dataset)) {
      fill(form, JSON.parse(saved).fields);
      notice(form, key);
    }
    const save = () => {
      const fields = read(form); // none where what was typed is only shown once more, to be confirmed
      if (fields.length) store.setItem(key, JSON.stringify({ at: Date.now(), fields }));
    };
    form.addEventListener("input", save);
    form.addEventListener("change", save);
    form.addEventListener("submit", () => { save(); window.sessionStorage.setItem("zhifa-sent", key); });
  };
  document.querySelectorAll("form[data-draft]").forEach(watch);
  document.addEventListener("htmx:load", (event) => {
    event.target.querySelectorAll?.("form[data-draft]").forEach((form) => {
      if (!form.dataset.watched) { form.dataset.watched = "1"; watch(form); }
    });
  });
  document.querySelectorAll("form[data-draft]").forEach((form) => { form.dataset.watched = "1"; });
})();

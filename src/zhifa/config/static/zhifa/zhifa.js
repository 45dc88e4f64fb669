// Small manners of the interface: `/` goes to search, a form is sent once, what was typed survives.
(() => {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing) {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });

  // A second click on the same button does nothing while the first is under way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    window.setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });

  // A lost connection in mid-form: what was typed is kept in this browser until it was sent.
  const store = window.sessionStorage;
  document.querySelectorAll("form[data-draft]").forEach((form) => {
    const key = "zhifa:" + form.dataset.draft;
    const saved = store.getItem(key);
    if (saved && !form.dataset.bound) {
      for (const [name, value] of JSON.parse(saved)) {
        const fields = [...form.elements].filter((element) => element.name === name);
        for (const field of fields) {
          if (field.type === "checkbox" || field.type === "radio") {
            if (field.value === value) field.checked = true;
          } else if (field.type !== "file" && field.type !== "hidden" && !field.value) {
            field.value = value;
          }
        }
      }
      const notice = form.querySelector("[data-restored]");
      if (notice) notice.hidden = false;
    }
    form.addEventListener("input", () => {
      const pairs = [...new FormData(form)].filter(([name, value]) =>
        typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "seen");
      store.setItem(key, JSON.stringify(pairs));
    });
  });
  document.querySelectorAll("[data-drop-draft]").forEach((element) => {
    store.removeItem("zhifa:" + element.dataset.dropDraft);
  });

  // Rows of repeated fields: add one more like the last.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-row]");
    if (!button) return;
    const box = document.getElementById(button.dataset.addRow);
    const rows = box.querySelectorAll("[data-row]");
    const row = rows[rows.length - 1].cloneNode(true);
    row.querySelectorAll("input, textarea, select").forEach((field) => {
      field.value = ""; field.checked = false;
    });
    box.append(row);
    row.querySelector("input, textarea, select").focus();
  });
})();

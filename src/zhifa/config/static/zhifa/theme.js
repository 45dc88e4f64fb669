// Before anything is drawn: light or dark, as chosen on this device or as the system says.
(() => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => window.localStorage.getItem("zhifa-theme") || "auto";
  const apply = () => {
    const dark = chosen() === "dark" || (chosen() === "auto" && system.matches);
    document.documentElement.dataset.bsTheme = dark ? "dark" : "light";
  };
  system.addEventListener("change", apply);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    window.localStorage.setItem("zhifa-theme", button.dataset.themeChoice);
    apply();
  });
  apply();
})();

/* What a script adds to pages that work without it: menus that close, one sending per form, drafts kept on this
   device, a word before leaving unsaved work, dialogs, the theme at once, copied links, counted choices. */
(() => {
  "use strict";
  const root = document.documentElement;
  const words = document.body.dataset;
  root.classList.add("js");

  /* one sending per form: a second click does nothing, and the button says that it works */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    /* a file that comes leaves the page as it is */
    if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.dataset.clean = "1";
    const button = event.submitter;
    if (!button || !button.classList.contains("btn")) return;
    button.dataset.label = button.innerHTML;
    /* after this turn: a disabled button would not send its name */
    setTimeout(() => {
      button.classList.add("busy");
      button.setAttribute("aria-disabled", "true");
      if (button.tagName === "BUTTON") button.textContent = words.busy;
    }, 0);
  });
  /* back from the browser's memory: the form may be sent again */
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll(".btn.busy")) {
        button.classList.remove("busy");
        button.removeAttribute("aria-disabled");
        button.innerHTML = button.dataset.label;
      }
    }
  });

  /* menus close when one leaves them; filters begin folded on a small screen */
  for (const leaving of ["click", "focusin"]) {
    document.addEventListener(leaving, (event) => {
      for (const menu of document.querySelectorAll("details.drop[open]")) {
        if (!menu.contains(event.target)) menu.open = false;
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.drop[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  if (matchMedia("(max-width: 62rem)").matches) {
    for (const filters of document.querySelectorAll("details.filters")) filters.open = false;
  }

  /* the theme, at once */
  for (const form of document.querySelectorAll("[data-theme-choice]")) {
    form.addEventListener("submit", (event) => {
      const theme = event.submitter && event.submitter.value;
      if (!theme) return;
      event.preventDefault();
      event.stopPropagation();
      const secure = location.protocol === "https:" ? "; secure" : "";
      if (theme === "auto") {
        root.removeAttribute("data-bs-theme");
        document.cookie = "theme=; path=/; max-age=0; samesite=lax" + secure;
      } else {
        root.setAttribute("data-bs-theme", theme);
        document.cookie = "theme=" + theme + "; path=/; max-age=31536000; samesite=lax" + secure;
      }
      for (const button of form.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(button.value === theme));
      }
    });
  }

  /* dialogs: what unfolds without a script opens as a dialog with one */
  const openDialog = (details) => {
    const body = details.querySelector(".dialog");
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    dialog.setAttribute("aria-labelledby", body.getAttribute("aria-labelledby"));
    while (body.firstChild) dialog.append(body.firstChild);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      while (dialog.firstChild) body.append(dialog.firstChild);
      dialog.remove();
      details.querySelector("summary").focus();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details[data-dialog] > summary");
    if (summary && window.HTMLDialogElement) {
      event.preventDefault();
      openDialog(summary.parentElement);
    }
    const opener = event.target.closest("[data-open-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.openDialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    const copier = event.target.closest("[data-copy]");
    if (copier && navigator.clipboard) {
      event.preventDefault();
      navigator.clipboard.writeText(copier.dataset.copy || copier.href).then(() => say(copier, words.copied));
    }
  });
  const say = (beside, text) => {
    const note = document.createElement("span");
    note.className = "saved";
    note.setAttribute("role", "status");
    note.textContent = text;
    beside.after(note);
    setTimeout(() => note.remove(), 3000);
  };

  /* drafts: <form data-draft="key">; kept on this device for this person until the form has been sent */
  const PREFIX = "ecett-draft:";
  const target = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
  /* which version of a card the words were written upon belongs to the draft */
  const skipped = (field) =>
    !field.name || field.disabled || (field.type === "hidden" && !("keep" in field.dataset))
    || ["password", "file", "submit", "button"].includes(field.type);
  const values = (form) => {
    const kept = {};
    for (const field of form.elements) {
      if (skipped(field)) continue;
      const box = field.type === "checkbox" || field.type === "radio";
      const value = field.multiple && field.options
        ? [...field.selectedOptions].map((option) => option.value)
        : box ? (field.checked ? [field.value] : []) : [field.value];
      kept[field.name] = (kept[field.name] || []).concat(value);
    }
    return kept;
  };
  const fill = (form, kept) => {
    const next = {};
    for (const field of form.elements) {
      if (skipped(field) || !(field.name in kept)) continue;
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = kept[field.name].includes(field.value);
      } else if (field.multiple && field.options) {
        for (const option of field.options) option.selected = kept[field.name].includes(option.value);
      } else {
        const place = next[field.name] = (next[field.name] ?? -1) + 1;
        if (place < kept[field.name].length) field.value = kept[field.name][place];
      }
    }
  };
  const store = {
    get: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* no storage */ } },
  };
  const WEEK = 7 * 24 * 3600 * 1000;

  /* what became of a form that was sent: on the sign-in page or a page that refuses it was not taken, so its draft
     stays; a form that comes back with errors keeps it too; on any other page it has arrived */
  const refusedPage = document.querySelector("[data-session-ended], [data-keep-drafts]");
  const sentKeys = [];
  try {
    for (let place = 0; place < localStorage.length; place += 1) {
      const key = localStorage.key(place);
      if (key.startsWith(PREFIX)) sentKeys.push(key);
    }
  } catch { /* no storage */ }
  for (const key of sentKeys) {
    const kept = store.get(key);
    if (!kept || !kept.sent) continue;
    const form = [...document.querySelectorAll("form[data-draft]")].find((item) => key.endsWith(":" + item.dataset.draft));
    const corrected = form && form.querySelector(".error-summary, .is-invalid");
    if (refusedPage || corrected) store.set(key, { ...kept, sent: false });
    else store.drop(key);
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = PREFIX + (words.person || "visitor") + ":" + form.dataset.draft;
    const first = JSON.stringify(values(form));
    const kept = store.get(key);
    const refused = form.querySelector(".error-summary, .is-invalid");
    if (kept && Date.now() - kept.at > WEEK) store.drop(key);
    else if (kept && !refused && JSON.stringify(kept.values) !== first) {
      fill(form, kept.values);
      form.dataset.dirty = "1";
      const note = document.createElement("p");
      note.className = "alert";
      note.setAttribute("role", "status");
      note.append(words.restored + " ");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link btn-s";
      button.textContent = words.discard;
      button.addEventListener("click", () => {
        store.drop(key);
        form.dataset.dirty = "";
        fill(form, JSON.parse(first));
        note.remove();
      });
      note.append(button);
      form.prepend(note);
    }
    let timer = 0;
    const keep = () => {
      clearTimeout(timer);
      if (!form.dataset.dirty || form.dataset.clean) return;
      if (store.set(key, { at: Date.now(), values: values(form) })) {
        const note = form.querySelector("[data-kept]");
        const time = new Date().toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
        if (note) note.textContent = words.saved + ", " + time;
      }
    };
    form.addEventListener("input", () => {
      form.dataset.dirty = "1";
      clearTimeout(timer);
      timer = setTimeout(keep, 600);
    });
    form.addEventListener("change", () => { form.dataset.dirty = "1"; keep(); });
    addEventListener("pagehide", keep);
    form.addEventListener("submit", () => {
      /* kept until the next page of this form is seen: a session that has ended must not swallow it */
      store.set(key, { at: Date.now(), values: values(form), sent: true, to: target(form) });
    });
  }
  /* words that had to wait are sent from a page of their own: their draft has then arrived too */
  for (const form of document.querySelectorAll("form[data-resend]")) {
    form.addEventListener("submit", () => {
      for (const key of sentKeys) {
        const kept = store.get(key);
        if (kept && kept.to === target(form)) store.set(key, { ...kept, sent: true });
      }
    });
  }
  addEventListener("beforeunload", (event) => {
    const unsaved = [...document.querySelectorAll("form[data-warn]")].some((form) => form.dataset.dirty && !form.dataset.clean);
    if (unsaved) event.preventDefault();
  });
  for (const form of document.querySelectorAll("form[data-warn]:not([data-draft])")) {
    form.addEventListener("input", () => { form.dataset.dirty = "1"; });
  }

  /* chosen rows are counted, all of a page at once */
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    const form = bar.querySelector("select").form;
    if (!form) continue;
    const boxes = () => [...form.elements].filter((field) => field.name === "chosen" && field.type === "checkbox");
    const all = bar.querySelector("[data-all]");
    const count = () => {
      const chosen = boxes().filter((box) => box.checked).length;
      bar.querySelector("[data-chosen]").textContent = chosen;
      bar.classList.toggle("some", chosen > 0);
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && chosen < boxes().length;
    };
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
      count();
    });
    form.addEventListener("change", (event) => { if (event.target !== all) count(); });
    count();
  }

  /* columns of a sheet: how many of a group are ticked, and all of it at once */
  for (const group of document.querySelectorAll("[data-group]")) {
    const boxes = [...group.querySelectorAll("[name='column']")];
    const all = group.querySelector("[data-all]");
    const count = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      group.querySelector("[data-ticked]").textContent = ticked;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    group.addEventListener("change", (event) => {
      if (event.target === all) for (const box of boxes) box.checked = all.checked;
      count();
    });
    count();
  }

  /* parts of a long form: how each stands while one writes, all of them at once, and open where a link leads to */
  const parts = [...document.querySelectorAll("details.part")];
  for (const part of parts) {
    const begun = part.querySelector(".is-begun");
    const asks = part.dataset.part.split(" ").filter(Boolean);
    const needs = part.dataset.needs.split(" ").filter(Boolean);
    if (!asks.length || !part.querySelector("[name]")) continue;
    const says = (ask) => {
      const name = new RegExp("^" + ask.replace("*", "\\d+") + "$");
      return [...part.querySelectorAll("[name]")].some((field) => name.test(field.name)
        && (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value.trim() !== ""));
    };
    const stand = () => {
      const answered = asks.filter(says).length;
      begun.textContent = begun.dataset.words.replace("#", answered);
      if (part.dataset.state === "wrong") return;
      part.dataset.state = !needs.every(says) ? "lacking" : !answered ? "empty" : answered === asks.length ? "filled" : "begun";
    };
    part.addEventListener("input", stand);
    part.addEventListener("change", stand);
    stand();
  }
  for (const button of document.querySelectorAll("[data-open-parts]")) {
    const words = [button.textContent, button.dataset.openParts];
    const tell = () => { button.textContent = words[Number(parts.every((part) => part.open))]; };
    button.addEventListener("click", () => {
      const open = !parts.every((part) => part.open);
      for (const part of parts) part.open = open;
    });
    for (const part of parts) part.addEventListener("toggle", tell);
  }
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const part = target && target.closest("details.part");
    if (!part || part.open) return;
    part.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  /* a passkey that could not be used: said where messages are said */
  document.addEventListener("allauth.error", (event) => {
    const said = document.getElementById("passkey-failed");
    if (!said) return;
    event.preventDefault();
    const place = document.getElementById("messages");
    place.replaceChildren(said.content.cloneNode(true));
    place.scrollIntoView({ block: "center" });
  });

  /* lead the eye, and the screen reader, to what went wrong */
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
})();

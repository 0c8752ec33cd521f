// Small behaviours of the back office; every page works without them but for the dialogs.
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

each('[data-toggle-menu]', (button) => {
  const side = document.getElementById('side');
  button.addEventListener('click', () => {
    const open = side.classList.toggle('open');
    button.setAttribute('aria-expanded', String(open));
  });
});

each('[data-open]', (button) => button.addEventListener('click', () => {
  document.getElementById(button.dataset.open).showModal();
}));
each('dialog[data-reopen]', (dialog) => dialog.showModal());
each('[data-close]', (button) => button.addEventListener('click', () => button.closest('dialog').close()));
each('[data-print]', (button) => button.addEventListener('click', () => window.print()));

// A drop-down above a list narrows it at once; blanks stay out of the address.
each('[data-sieve]', (form) => {
  form.addEventListener('change', (event) => { if (event.target.matches('select')) form.requestSubmit(); });
  form.addEventListener('submit', () => {
    form.querySelectorAll('input, select').forEach((field) => { field.disabled = !field.value; });
    setTimeout(() => form.querySelectorAll('input, select').forEach((field) => { field.disabled = false; }));
  });
});

// One tick for all rows of the page that may be chosen.
each('[data-pick-all]', (box) => box.addEventListener('change', () => {
  each(`input[name="${box.dataset.pickAll}"]`, (one) => { one.checked = box.checked; });
}));

// Nobody sends a form twice, and nobody leaves with unsaved changes unasked.
each('form[method="post"]', (form) => form.addEventListener('submit', (event) => {
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = 'yes';
}));
window.addEventListener('pageshow', () => each('form[data-sent]', (form) => { delete form.dataset.sent; }));
each('[data-leave-guard]', (form) => {
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  window.addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
});

// The positions to choose from are those of the chosen employer.
each('select[data-positions]', (select) => {
  const box = document.getElementById(`${select.dataset.positions}-ticks`);
  select.addEventListener('change', async () => {
    const hint = (words) => {
      const line = document.createElement('p');
      line.className = 'hint';
      line.textContent = words;
      box.replaceChildren(line);
    };
    try {
      const answer = await fetch(`/admin/booths/positions.json?employer=${encodeURIComponent(select.value)}`);
      if (!answer.ok) throw new Error(String(answer.status));
      const options = await answer.json();
      if (!options.length) { hint('该单位还没有已发布的岗位'); return; }
      box.replaceChildren(...options.map(({ id, text }) => {
        const label = document.createElement('label');
        label.className = 'tick';
        const tick = Object.assign(document.createElement('input'), { type: 'checkbox', name: box.dataset.name, value: id, checked: true });
        label.append(tick, ` ${text}`);
        return label;
      }));
    } catch { hint('岗位没有加载出来，请重新选择单位'); }
  });
});

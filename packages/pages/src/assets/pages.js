// What the hosted pages can do beyond what they do without a script. Served as it is.

/** @param {string} selector @param {(element: HTMLElement) => void} improve */
const each = (selector, improve) => document.querySelectorAll(selector).forEach(improve);

/** Digits of any script as 0 to 9; everything else is dropped. @param {string} text */
// The digits of every script, as the server reads them: those of one script follow each other from zero on.
const withPlainDigits = (text) =>
  text.normalize('NFKC').replace(/[^\P{Nd}0-9]/gu, (digit) => {
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(digit.codePointAt(0) - value - 1))) value += 1;
    return value % 10;
  });
const toDigits = (text) => withPlainDigits(text).replace(/\D/g, '');

// A form is sent once, however often its button is pressed.

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.hasAttribute('aria-busy')) return event.preventDefault();
  form.setAttribute('aria-busy', 'true');
  // A way to another page takes no password along.
  if (event.submitter?.formNoValidate) for (const input of form.querySelectorAll('[type=password]')) input.value = '';
});

// Whoever comes back finds the page as the browser kept it.
addEventListener('pageshow', () => each('form', (form) => form.removeAttribute('aria-busy')));

// A logo that does not load gives way to the other one, and that to the name.

each('header picture', (picture) => {
  const image = picture.querySelector('img');
  const giveWay = () => {
    if (image.currentSrc !== image.src) picture.querySelector('source').remove();
    else picture.replaceWith(make('p', { class: 'brand' }, image.alt));
  };
  image.addEventListener('error', giveWay);
  if (image.complete) image.decode().catch(giveWay);
});

// Passwords can be looked at.

each('.peek', (button) => {
  const input = button.parentElement.querySelector('input');
  const { hide } = button.dataset;
  const show = button.getAttribute('aria-label');
  const set = (isShown) => {
    input.type = isShown ? 'text' : 'password';
    button.setAttribute('aria-label', isShown ? hide : show);
    button.classList.toggle('on', isShown);
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    set(input.type === 'password');
    input.focus();
  });
  // Browsers remember what was typed into text fields, so it is a password again before it is sent.
  input.form.addEventListener('submit', () => set(false));
});

// The code sends itself with its last digit, and comes out of the message where the browser can read that.

each('.code', (field) => {
  const length = Number(field.dataset.length);
  const input = field.querySelector('input');
  const cells = [...field.querySelectorAll('.cell')];
  let sent = '';

  const draw = () => {
    const next = Math.min(input.value.length, length - 1);
    for (const [index, cell] of cells.entries()) cell.classList.toggle('next', index === next);
  };
  // Of a pasted message, the run of so many digits is the code.
  const codeIn = (text) => {
    const runs = withPlainDigits(text)
      .match(/\d+/g)
      ?.filter((run) => run.length === length);
    return new Set(runs).size === 1 ? runs[0] : undefined;
  };
  const take = (text) => {
    const digits = codeIn(text) ?? toDigits(text).slice(0, length);
    if (input.value !== digits) input.value = digits;
    draw();
    if (digits.length < length || digits === sent) return;
    sent = digits;
    input.form.requestSubmit();
  };

  field.classList.add('live');
  draw();
  input.addEventListener('input', (event) => {
    // While an input method composes, the text is its own.
    if (!event.isComposing) take(input.value);
  });
  input.addEventListener('compositionend', () => take(input.value));
  addEventListener('pageshow', (event) => {
    if (event.persisted) sent = '';
    draw();
  });

  if (!('OTPCredential' in window)) return;
  const waiting = new AbortController();
  input.form.addEventListener('submit', () => waiting.abort());
  navigator.credentials.get({ otp: { transport: ['sms'] }, signal: waiting.signal }).then(
    (credential) => credential && take(credential.code),
    () => {},
  );
});

// Backup codes are copied, one a line.

each('.copy', (button) => {
  if (!navigator.clipboard) return;
  const codes = [...document.querySelectorAll('.codes li')].map((code) => code.textContent);
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    button.nextElementSibling.textContent = button.dataset.copied;
    button.textContent = button.dataset.copied;
  });
});

// The way to the next message is counted down; the server has said how long it is.

each('.resend', (row) => {
  const [countdown, live] = row.querySelectorAll('span');
  const button = row.querySelector('button');
  const { seconds, waiting, ready } = row.dataset;
  if (Number(seconds) === 0) return;
  const end = Date.now() + Number(seconds) * 1000;

  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    countdown.textContent = left > 0 ? waiting.replace('%', String(left)) : '';
    if (left > 0) return;
    clearInterval(timer);
    live.textContent = ready;
  };
  const timer = setInterval(tick, 250);
  tick();
});

// What tells people from programs is loaded where it is asked for.

each('.check', (box) => {
  box.hidden = false;
  import(box.dataset.script).catch(() => {
    box.querySelector('.checking').textContent = box.dataset.broken;
  });
});

// Times are those of the person who reads them.

each('time', (time) => {
  const style = { dateStyle: 'medium', timeStyle: 'short', numberingSystem: 'latn' };
  const format = new Intl.DateTimeFormat(document.documentElement.lang, style);
  time.textContent = format.format(new Date(time.dateTime));
});

// The list of countries can be searched, and follows a plus that is typed.

each('.phone', (field) => {
  const select = field.querySelector('select');
  const number = field.querySelector('input[type=tel]');
  const countries = [...select.options].map((option) => ({
    option,
    id: option.value,
    code: option.dataset.code,
    isMain: 'main' in option.dataset,
    name: option.text.slice(0, option.text.lastIndexOf(' ')),
  }));
  const chosen = () => countries[select.selectedIndex];
  const english = new Intl.DisplayNames('en', { type: 'region' });
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  const label = field.dataset.search;
  const button = make('button', {
    type: 'button',
    class: 'picker',
    id: 'country-picker',
    'aria-haspopup': 'listbox',
    'aria-expanded': 'false',
    'aria-labelledby': 'country-label country-picker',
  });
  const search = make('input', {
    type: 'text',
    class: 'search',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: label,
    role: 'combobox',
    'aria-label': label,
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    'aria-controls': 'country-list',
  });
  const list = make('ul', { id: 'country-list', role: 'listbox', 'aria-label': label });
  const nothing = make('p', { role: 'status' });
  const popup = make('div', { class: 'picker-list', hidden: '' });
  popup.append(search, list, nothing);
  const box = select.parentElement;
  box.querySelector('label').htmlFor = button.id;
  select.hidden = true;
  box.append(button, popup);

  let active;
  const show = () => {
    button.textContent = chosen().option.text;
  };
  const choose = (country) => {
    const { code } = chosen();
    select.value = country.id;
    // A calling code that was typed gives way to the country that was chosen.
    const typed = number.value.trim();
    if (typed.startsWith(`+${code}`) && country.code !== code) number.value = typed.slice(code.length + 1).trim();
    show();
  };
  const activate = (item) => {
    active?.classList.remove('active');
    active = item;
    item?.classList.add('active');
    item?.scrollIntoView({ block: 'nearest' });
    search.setAttribute('aria-activedescendant', item?.id ?? '');
  };
  const fill = () => {
    const wanted = plain(search.value.trim());
    const digits = toDigits(wanted);
    const found = countries.filter(
      ({ id, name, code }) =>
        plain(name).includes(wanted) ||
        plain(english.of(id) ?? '').includes(wanted) ||
        id.toLowerCase() === wanted ||
        (digits !== '' && code.startsWith(digits)),
    );
    const begins = ({ name }) => plain(name).startsWith(wanted);
    found.sort((one, other) => Number(begins(other)) - Number(begins(one)));
    list.replaceChildren(
      ...found.map((country) => {
        const isChosen = String(country === chosen());
        const item = make(
          'li',
          { id: `country-${country.id}`, role: 'option', 'aria-selected': isChosen },
          country.name,
        );
        item.append(make('span', { class: 'calling-code' }, `+${country.code}`));
        return item;
      }),
    );
    nothing.textContent = found.length === 0 ? field.dataset.none : '';
    nothing.hidden = found.length > 0;
    list.hidden = found.length === 0;
    activate(list.querySelector('[aria-selected=true]') ?? list.firstElementChild);
  };
  const open = (text = '') => {
    popup.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    search.value = text;
    search.focus();
    fill();
  };
  const close = (next = button) => {
    popup.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    next?.focus();
  };
  const pick = (item) => {
    if (!item) return;
    choose(countries.find(({ id }) => id === item.id.slice('country-'.length)));
    close(number);
  };

  button.addEventListener('click', () => (popup.hidden ? open() : close()));
  button.addEventListener('keydown', (event) => {
    const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!types && event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(types ? event.key : '');
  });
  search.addEventListener('input', fill);
  search.addEventListener('keydown', (event) => {
    const actions = {
      ArrowDown: () => activate(active?.nextElementSibling ?? active),
      ArrowUp: () => activate(active?.previousElementSibling ?? active),
      Enter: () => pick(active),
      Escape: () => close(),
    };
    if (event.key === 'Tab') close(undefined);
    if (event.isComposing || !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    actions[event.key]();
  });
  list.addEventListener('click', (event) => pick(event.target.closest('li')));
  // Pressing on the list leaves the focus in the search.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  document.addEventListener('pointerdown', (event) => {
    if (!popup.hidden && !box.contains(event.target)) close(null);
  });

  number.addEventListener('input', () => {
    const text = number.value.normalize('NFKC').trim();
    if (!text.startsWith('+')) return;
    const digits = toDigits(text);
    const isMeant = ({ code }) => digits.startsWith(code);
    const found = isMeant(chosen()) ? undefined : countries.find((country) => country.isMain && isMeant(country));
    if (!found) return;
    select.value = found.id;
    show();
  });
  // Browsers put back what was chosen before a reload.
  addEventListener('pageshow', show);
  show();
});

/** @param {string} tag @param {Record<string, string>} attributes @param {string} text */
function make(tag, attributes, text = '') {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

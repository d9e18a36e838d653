// Tells people from programs, on the page that asks for that alone. Served as it is.

const box = document.querySelector('.check');
const { widget: widgetUrl, worker: workerUrl, language, broken } = box.dataset;
const question = JSON.parse(box.dataset.question);
const place = box.querySelector('.widget');
const status = box.querySelector('.checking');
const token = box.querySelector('input');
/** What the pages of Logto call the purpose, too. */
const action = 'interaction';

const send = (answer) => {
  token.value = answer;
  token.form.requestSubmit();
};
const fail = () => {
  status.textContent = broken;
};

const load = (source) =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { src: source, async: true, onload: resolve, onerror: reject });
    document.head.append(script);
  });

/** A widget that people see and may have to do something in. */
const show = (api, options = {}) => {
  status.hidden = true;
  const { siteKey: sitekey } = question;
  const again = () => {
    status.hidden = false;
    fail();
  };
  api.render(place, { sitekey, action, callback: send, 'error-callback': again, ...options });
};

const providers = {
  async Altcha() {
    await import(widgetUrl);
    globalThis.$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker(workerUrl));
    const widget = document.createElement('altcha-widget');
    widget.addEventListener('verified', ({ detail }) => send(detail.payload));
    widget.addEventListener('statechange', ({ detail }) => detail.state === 'error' && fail());
    widget.addEventListener('load', () => widget.verify());
    const quiet = { display: 'invisible', minDuration: 0, humanInteractionSignature: false };
    widget.setAttribute('configuration', JSON.stringify(quiet));
    widget.setAttribute('challenge', JSON.stringify(question.challenge));
    place.hidden = true;
    place.append(widget);
  },

  async Turnstile() {
    await load('https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit');
    show(globalThis.turnstile, { language: language.toLowerCase(), size: 'flexible' });
  },

  async HCaptcha() {
    await load(`https://js.hcaptcha.com/1/api.js?render=explicit&hl=${encodeURIComponent(language)}`);
    show(globalThis.hcaptcha);
  },

  async RecaptchaEnterprise() {
    const { siteKey, domain = 'www.google.com', mode } = question;
    const render = mode === 'checkbox' ? 'explicit' : encodeURIComponent(siteKey);
    await load(`https://${domain}/recaptcha/enterprise.js?render=${render}&hl=${encodeURIComponent(language)}`);
    const { enterprise } = globalThis.grecaptcha;
    await new Promise((resolve) => enterprise.ready(resolve));
    if (mode === 'checkbox') show(enterprise);
    else send(await enterprise.execute(siteKey, { action }));
  },
};

providers[question.type]().catch(fail);

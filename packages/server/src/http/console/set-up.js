// Copies what stands beside a button. Served as it is.

for (const button of document.querySelectorAll('.copy')) {
  const code = document.getElementById(button.dataset.of);
  const name = button.textContent;
  let timer;
  button.hidden = false;
  button.addEventListener('click', async () => {
    getSelection().selectAllChildren(code);
    // Addresses with plain http have no clipboard but what is selected.
    const isCopied = await (navigator.clipboard?.writeText(code.textContent).then(
      () => true,
      () => false,
    ) ?? document.execCommand('copy'));
    if (!isCopied) return;
    button.textContent = button.dataset.copied;
    button.nextElementSibling.textContent = button.dataset.copied;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.textContent = name;
      button.nextElementSibling.textContent = '';
    }, 2000);
  });
}

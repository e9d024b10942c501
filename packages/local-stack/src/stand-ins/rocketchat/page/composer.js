import { button, element } from './dom.js';

/**
 * A field to write in: Enter sends, Shift and Enter starts a new line, Escape gives up where that is possible. What could
 * not be sent stays.
 *
 * @param {object} options
 * @param {string} options.label what is written here, for those who cannot see where it stands
 * @param {string} [options.placeholder]
 * @param {string} [options.text] what to start from
 * @param {string} [options.sendLabel]
 * @param {(text: string) => Promise<boolean>} options.onSend whether it was taken
 * @param {() => void} [options.onCancel]
 * @returns {{ form: HTMLFormElement, focus(): void, fill(text: string): void }}
 */
export function composer({ label, placeholder = label, text = '', sendLabel = 'Send', onSend, onCancel }) {
  const field = element('textarea', { 'aria-label': label, placeholder, rows: 1 });
  field.value = text;
  const send = element('button', { type: 'submit', class: 'primary' }, sendLabel);
  const cancel = onCancel && button('Cancel', onCancel, { class: 'quiet' });
  const form = element('form', { class: 'composer' }, field, element('div', { class: 'row' }, cancel, send));

  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight + 2}px`;
    send.disabled = field.value.trim() === '';
  };
  const submit = async () => {
    const words = field.value.trim();
    if (words === '' || field.readOnly) return;
    field.readOnly = true;
    const taken = await onSend(words).finally(() => {
      field.readOnly = false;
    });
    if (taken) field.value = '';
    grow();
    if (field.isConnected) field.focus();
  };

  form.addEventListener('submit', event => {
    event.preventDefault();
    void submit();
  });
  field.addEventListener('input', grow);
  field.addEventListener('keydown', event => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    }
    if (event.key === 'Escape' && onCancel !== undefined) {
      event.stopPropagation();
      onCancel();
    }
  });
  send.disabled = text.trim() === '';
  const focus = () => {
    grow();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  };
  return {
    form,
    focus,
    fill(words) {
      field.value = words;
      focus();
    },
  };
}

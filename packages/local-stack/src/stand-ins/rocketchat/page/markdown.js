/**
 * Rocket.Chat's parsed messages as elements. The server has done the parsing; here every node becomes an element with
 * text in it, and what is not known becomes its text.
 *
 * @import { MarkdownNode } from './page-contract.ts'
 */
import { element } from './dom.js';

/**
 * @param {readonly MarkdownNode[] | undefined} blocks
 * @param {string} text shown as it is where there is no parsed form
 * @returns {Node[]}
 */
export function renderMarkdown(blocks, text) {
  return blocks === undefined ? [element('p', {}, text)] : blocks.map(renderBlock);
}

/**
 * @param {MarkdownNode} node
 * @returns {Node}
 */
function renderBlock(node) {
  switch (node.type) {
    case 'PARAGRAPH':
      return element('p', {}, ...renderInlines(node.value));
    case 'HEADING':
      return element('p', { class: 'heading' }, ...renderInlines(node.value));
    case 'BIG_EMOJI':
      return element('p', { class: 'big-emoji' }, ...renderInlines(node.value));
    case 'UNORDERED_LIST':
      return element('ul', {}, ...nodesOf(node.value).map(renderItem));
    case 'ORDERED_LIST':
      return element('ol', { start: firstNumber(node) }, ...nodesOf(node.value).map(renderItem));
    case 'TASKS':
      return element('ul', { class: 'tasks' }, ...nodesOf(node.value).map(renderTask));
    case 'QUOTE':
    case 'SPOILER_BLOCK':
      return element('blockquote', {}, ...nodesOf(node.value).map(renderBlock));
    case 'CODE':
      return element('pre', {}, element('code', {}, nodesOf(node.value).map(textOf).join('\n')));
    case 'LINE_BREAK':
      return element('p', { class: 'line-break' });
    default:
      return element('p', {}, ...renderInlines([node]));
  }
}

/** @param {MarkdownNode} list */
function firstNumber({ value }) {
  const first = nodesOf(value)[0]?.number;
  return typeof first === 'number' ? first : undefined;
}

/** @param {MarkdownNode} item */
const renderItem = item => element('li', {}, ...renderInlines(item.value));

/** @param {MarkdownNode} task */
const renderTask = task => element('li', {}, task.status === true ? '☑ ' : '☐ ', ...renderInlines(task.value));

/** @type {Record<string, 'strong' | 'em' | 's' | undefined>} */
const STYLES = { BOLD: 'strong', ITALIC: 'em', STRIKE: 's' };

/**
 * @param {unknown} value
 * @returns {Node[]}
 */
function renderInlines(value) {
  return nodesOf(value).map(node => {
    const style = STYLES[node.type];
    if (style !== undefined) return element(style, {}, ...renderInlines(node.value));
    switch (node.type) {
      case 'INLINE_CODE':
        return element('code', {}, textOf(node));
      case 'SPOILER':
        return element('span', { class: 'spoiler', tabindex: 0 }, ...renderInlines(node.value));
      case 'MENTION_USER':
        return element('span', { class: 'mention' }, `@${textOf(node)}`);
      case 'MENTION_CHANNEL':
        return element('span', { class: 'mention' }, `#${textOf(node)}`);
      case 'EMOJI':
        return document.createTextNode(emojiOf(node));
      case 'LINK':
      case 'IMAGE':
        return renderLink(node);
      default:
        return document.createTextNode(textOf(node));
    }
  });
}

/** @param {MarkdownNode} node */
function renderLink({ value }) {
  const { src, label } = /** @type {{ src?: unknown, label?: unknown }} */ (value ?? {});
  const address = textOf(src);
  const shown = renderInlines(Array.isArray(label) ? label : [label]);
  if (!/^(?:https?|mailto|tel):/iu.test(address)) return element('span', {}, ...shown);
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...shown);
}

/** @param {MarkdownNode} node */
function emojiOf(node) {
  if (typeof node.unicode === 'string') return node.unicode;
  const code = typeof node.shortCode === 'string' ? node.shortCode : '';
  return EMOJI[code] ?? `:${code}:`;
}

/** @type {Record<string, string | undefined>} */
export const EMOJI = {
  thumbsup: '👍',
  thumbsdown: '👎',
  '+1': '👍',
  '-1': '👎',
  smile: '😄',
  slight_smile: '🙂',
  tada: '🎉',
  heart: '❤️',
  eyes: '👀',
  pray: '🙏',
  white_check_mark: '✅',
  hourglass_flowing_sand: '⏳',
};

/**
 * The text in a node and all below it.
 *
 * @param {unknown} node
 * @returns {string}
 */
function textOf(node) {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return node.map(textOf).join('');
  return node !== null && typeof node === 'object' && 'value' in node ? textOf(node.value) : '';
}

/**
 * @param {unknown} value
 * @returns {MarkdownNode[]}
 */
function nodesOf(value) {
  if (!Array.isArray(value)) return [];
  return /** @type {unknown[]} */ (value).filter(isNode);
}

/**
 * @param {unknown} value
 * @returns {value is MarkdownNode}
 */
const isNode = value => value !== null && typeof value === 'object' && 'type' in value;

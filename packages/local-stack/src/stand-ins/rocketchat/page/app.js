/**
 * The page. Who I am and which room is open stand in the address (`#/<username>/<room id>`); everything else comes from
 * the server, which says when it changes.
 *
 * @import { PagePerson } from './page-contract.ts'
 */
import { byId, element } from './dom.js';
import { avatar } from './person-view.js';
import { attempt, tellProblem } from './problem.js';
import { createPerson, readPeople } from './server.js';
import { Session } from './session.js';

const welcome = byId('welcome', HTMLElement);
const chat = byId('chat', HTMLElement);
const curtain = byId('curtain', HTMLElement);
const nameField = byId('welcome-name', HTMLInputElement);

/** @type {{ username: string, session: Session } | undefined} */
let current;

/** @returns {[username: string, roomId: string]} */
function address() {
  const [, username = '', roomId = ''] = location.hash.split('/').map(decodeURIComponent);
  return [username, roomId];
}

/** @param {...string} parts */
const addressOf = (...parts) => ['#', ...parts.map(encodeURIComponent)].join('/');

async function route() {
  const [username, roomId] = address();
  showSidebar(false);
  if (current?.username !== username) {
    current?.session.close();
    current = undefined;
    const people = (await readPeople()).filter(({ isAssistant }) => !isAssistant);
    const me = people.find(person => person.username === username);
    welcome.hidden = me !== undefined;
    chat.hidden = me === undefined;
    if (me === undefined) {
      showWelcome(people);
      return;
    }
    current = { username, session: enter(me) };
  }
  current.session.open(roomId);
}

/** @param {PagePerson} me */
const enter = me =>
  new Session({
    me,
    goTo(roomId) {
      showSidebar(false);
      // A room that opens by itself is no step one could want to go back to.
      if (address()[1] === '') location.replace(addressOf(me.username, roomId));
      else location.hash = addressOf(me.username, roomId);
    },
    onLeave() {
      location.hash = '';
    },
  });

/** @param {readonly PagePerson[]} people */
function showWelcome(people) {
  byId('welcome-people', HTMLElement).replaceChildren(
    ...people.map(person =>
      element('a', { class: 'entry', href: addressOf(person.username) }, avatar(person, false), person.name),
    ),
  );
  document.title = 'Team chat';
  nameField.focus();
}

/** @param {boolean} isShown */
function showSidebar(isShown) {
  document.body.classList.toggle('sidebar-shown', isShown);
  curtain.hidden = !isShown;
}

byId('welcome-form', HTMLFormElement).addEventListener('submit', event => {
  event.preventDefault();
  void attempt(
    createPerson(nameField.value).then(({ username }) => {
      nameField.value = '';
      location.hash = addressOf(username);
    }),
  );
});
byId('open-sidebar', HTMLButtonElement).addEventListener('click', () => showSidebar(true));
curtain.addEventListener('click', () => showSidebar(false));
addEventListener('keydown', event => {
  if (event.key === 'Escape') showSidebar(false);
});
addEventListener('hashchange', () => void route().catch(tellProblem));
void route().catch(tellProblem);

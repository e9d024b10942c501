/** What a webhook is subscribed to when a change names no events: everything Aircall has, as of its list of August 2026. */
const family = (name: string, events: readonly string[]): string[] => events.map(event => `${name}.${event}`);

const USER = ['created', 'deleted', 'connected', 'disconnected', 'opened', 'closed', 'wut_start', 'wut_end'];
const CALL = [
  ...['created', 'ringing_on_agent', 'agent_declined', 'answered', 'transferred', 'external_transferred'],
  ...['unsuccessful_transfer', 'hungup', 'ended', 'hold', 'unhold', 'ivr_option_selected', 'comm_assets_generated'],
  ...['voicemail_left', 'assigned', 'archived', 'tagged', 'untagged', 'commented'],
];
const MESSAGE = ['sent', 'received', 'status_updated'];

export const ALL_AIRCALL_EVENTS: readonly string[] = [
  ...family('call', CALL),
  ...family('user', USER),
  ...family('user', USER).map(event => `${event}.v2`),
  ...family('number', ['created', 'opened', 'closed', 'deleted']),
  ...family('contact', ['created', 'updated', 'deleted']),
  ...family('message', MESSAGE),
  ...family('group_message', MESSAGE),
  ...['transcription', 'summary', 'topics', 'sentiment', 'action_item'].map(insight => `${insight}.created`),
  ...family('playbook_result', ['created', 'updated']),
  'realtime_transcription.utterances_received',
  ...family('custom_summary', ['result_created', 'result_updated']),
  ...family('call_evaluation', ['created', 'updated']),
  ...family('ai_voice_agent', ['started', 'ended', 'escalated', 'summary']),
  ...family('analytics', ['report_created', 'report_failed']),
  'integration.deleted',
];

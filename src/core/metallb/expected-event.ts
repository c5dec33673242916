/** A core/v1 Event the controller records when it looks at the Service. */
export interface ExpectedEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** A Warning event. */
export function warning(reason: string, message: string): ExpectedEvent {
  return { type: 'Warning', reason, message };
}

ALTER TABLE outbox RENAME COLUMN text TO payload;
ALTER TABLE outbox RENAME COLUMN refusals TO attempts;     -- how often the target refused this very row, alone
ALTER TABLE outbox RENAME COLUMN set_aside TO result;      -- a word: why it waits, or why it was never delivered; null once it is
ALTER TABLE outbox RENAME COLUMN written_at TO handed_at;  -- when it was handed over last, where only the target's own state shows that it has it
ALTER TABLE outbox ADD COLUMN next_try BIGINT;             -- of what was refused: not before then, and alone

UPDATE outbox SET next_try = created_at WHERE attempts > 0 AND done_at IS NULL;
UPDATE outbox SET target = 'monitor' WHERE kind = 'monitor';
UPDATE outbox SET result = trouble WHERE kind = 'monitor' AND done_at IS NULL;
ALTER TABLE outbox DROP COLUMN trouble;

UPDATE outbox SET result = 'already-well' WHERE kind = 'monitor' AND result = 'AlreadyWell';
UPDATE outbox SET result = 'unknown-to-monitor' WHERE kind = 'monitor' AND result = 'Unknown';
UPDATE outbox SET result = 'cannot-be-named' WHERE kind = 'monitor' AND result = 'CannotBeNamed';
UPDATE outbox SET result = 'incident-ended' WHERE kind = 'monitor' AND result = 'IncidentOver';
UPDATE outbox SET result = 'superseded' WHERE kind = 'monitor' AND result = 'Superseded';
UPDATE outbox SET result = 'too-late' WHERE kind = 'monitor' AND result = 'TooLate';

UPDATE outbox SET result = 'command-file-missing' WHERE kind = 'monitor' AND result = 'CommandFileMissing';
UPDATE outbox SET result = 'nobody-reads' WHERE kind = 'monitor' AND result = 'NobodyReads';
UPDATE outbox SET result = 'not-a-fifo' WHERE kind = 'monitor' AND result = 'NotAFifo';
UPDATE outbox SET result = 'full' WHERE kind = 'monitor' AND result = 'Full';
UPDATE outbox SET result = 'may-not-write' WHERE kind = 'monitor' AND result = 'MayNotWrite';
UPDATE outbox SET result = 'status-missing' WHERE kind = 'monitor' AND result = 'StatusMissing';
UPDATE outbox SET result = 'may-not-read' WHERE kind = 'monitor' AND result = 'MayNotRead';
UPDATE outbox SET result = 'status-unreadable' WHERE kind = 'monitor' AND result = 'StatusUnreadable';
UPDATE outbox SET result = 'status-stale' WHERE kind = 'monitor' AND result = 'StatusStale';
UPDATE outbox SET result = 'no-answer' WHERE kind = 'monitor' AND result = 'NoAnswer';
UPDATE outbox SET result = 'not-trusted' WHERE kind = 'monitor' AND result = 'NotTrusted';
UPDATE outbox SET result = 'wrong-password' WHERE kind = 'monitor' AND result = 'WrongPassword';
UPDATE outbox SET result = 'not-permitted' WHERE kind = 'monitor' AND result = 'NotPermitted';
UPDATE outbox SET result = 'answer-unreadable' WHERE kind = 'monitor' AND result = 'AnswerUnreadable';
UPDATE outbox SET result = 'not-confirmed' WHERE kind = 'monitor' AND result = 'NotConfirmed';

ALTER TABLE outbox ADD COLUMN topic TEXT NOT NULL DEFAULT 'other';
ALTER TABLE outbox ADD COLUMN machine TEXT; -- where everybody may read of it
ALTER TABLE outbox ADD COLUMN incidents TEXT NOT NULL DEFAULT ''; -- one a line: number, state, opened, closed or -, first or again, service
ALTER TABLE outbox ADD COLUMN refusals BIGINT NOT NULL DEFAULT 0; -- how often the server refused these very words
ALTER TABLE outbox ADD COLUMN set_aside TEXT; -- why it was never said; done_at is when that was decided

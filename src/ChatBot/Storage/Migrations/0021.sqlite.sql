ALTER TABLE machine_change ADD COLUMN learned_at BIGINT NOT NULL DEFAULT 0; -- when the bot learned of it: its own time may be days before
UPDATE machine_change SET learned_at = at;
CREATE INDEX machine_change_learned ON machine_change (learned_at, id);

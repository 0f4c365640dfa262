ALTER TABLE incident ADD COLUMN repeats INTEGER;                          -- messages after the first; NULL where its program reports that it has ended
ALTER TABLE incident ADD COLUMN repeated_at BIGINT;                       -- the last message
ALTER TABLE incident ADD COLUMN longest_gap BIGINT NOT NULL DEFAULT 0;    -- milliseconds between two of them
ALTER TABLE incident ADD COLUMN unheard BIGINT NOT NULL DEFAULT 0;        -- milliseconds since the last one during which every mailbox was read
ALTER TABLE incident ADD COLUMN is_silent INTEGER NOT NULL DEFAULT 0;     -- 1: longer than usual
CREATE INDEX incident_repeated ON incident (is_silent) WHERE closed_at IS NULL AND repeats IS NOT NULL;

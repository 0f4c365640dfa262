ALTER TABLE outbox ADD COLUMN written_at BIGINT; -- of an order: when the monitor was told last
ALTER TABLE outbox ADD COLUMN trouble TEXT;      -- of an order: what the channels were told of it

ALTER TABLE incident ADD COLUMN for_root INTEGER NOT NULL DEFAULT 0;  -- 1: of a host that only the monitor's own state names; the public hears nothing of it
ALTER TABLE mute ADD COLUMN for_root INTEGER NOT NULL DEFAULT 0;      -- as of its incident

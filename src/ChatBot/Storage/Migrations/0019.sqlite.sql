-- What is still to be erased is found without a look at all that was.
CREATE INDEX incident_unfolded ON incident (closed_at) WHERE folded_at IS NULL;
CREATE INDEX incident_detailed ON incident (closed_at) WHERE detail IS NOT NULL;
CREATE INDEX incident_acknowledger ON incident (closed_at) WHERE acknowledged_by IS NOT NULL;

-- What is asked often is found without a look at all that was, nor at all that is open. incident_closed without its condition would be taken
-- for the ones that are open, one by one.
DROP INDEX incident_closed;
CREATE INDEX incident_closed ON incident (closed_at) WHERE closed_at IS NOT NULL;
DROP INDEX incident_unfolded;
CREATE INDEX incident_unfolded ON incident (folded_at, closed_at) WHERE folded_at IS NULL AND closed_at IS NOT NULL;
DROP INDEX incident_detailed;
CREATE INDEX incident_detailed ON incident (closed_at) WHERE detail IS NOT NULL;
DROP INDEX incident_acknowledger;
CREATE INDEX incident_acknowledger ON incident (closed_at) WHERE acknowledged_by IS NOT NULL;
DROP INDEX incident_held;
CREATE INDEX incident_suppressed ON incident (suppressed_by, announce_at) WHERE closed_at IS NULL AND suppressed_by IS NOT NULL;
CREATE INDEX incident_open_service ON incident (service) WHERE closed_at IS NULL;
CREATE INDEX incident_acknowledged_until ON incident (acknowledged_until) WHERE closed_at IS NULL AND acknowledged_until IS NOT NULL;
CREATE INDEX incident_unacknowledged ON incident (announced_at) WHERE closed_at IS NULL AND announced_state IS NOT NULL AND announce_at IS NULL
    AND suppressed_by IS NULL AND acknowledged_by IS NULL AND flapping = 0;
CREATE INDEX incident_unannounced ON incident (opened_at) WHERE announced_state IS NULL AND closed_at IS NOT NULL;
DROP INDEX incident_check;
CREATE INDEX incident_machine ON incident (machine, opened_at, number);
CREATE INDEX incident_service ON incident (machine, service, opened_at, number);
CREATE INDEX incident_part ON incident (machine, service, part, number);
DROP INDEX incident_open; -- of two that serve as well, SQLite takes the younger one
CREATE UNIQUE INDEX incident_open ON incident (machine, service, part) WHERE closed_at IS NULL;

CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX seen_mail_at ON seen_mail (seen_at);
CREATE INDEX seen_mail_set_aside ON seen_mail (outcome) WHERE outcome = 'set-aside';
CREATE INDEX greeted_at ON greeted (greeted_at);
DROP INDEX machine_change_ask;
CREATE INDEX machine_change_ask ON machine_change (machine, ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX machine_change_reported ON machine_change (machine, at) WHERE changelog <> '';
CREATE INDEX machine_change_automatic ON machine_change (machine, at) WHERE automatic <> 0;
DROP INDEX machine_change_machine;
CREATE INDEX machine_change_machine ON machine_change (machine, at, id);

-- The counts of an incident are those of all its steps, the ones that are still there too.
UPDATE incident SET notifications = incident.notifications + step.notifications, changes = incident.changes + step.changes,
    acknowledgements = incident.acknowledgements + step.acknowledgements, flappings = incident.flappings + step.flappings, downs = incident.downs + step.downs
FROM (
    SELECT incident,
        SUM(CASE WHEN reason IN ('opened', 'repeated', 'changed', 'changed-before-announced', 'while-flapping', 'flapping-started', 'muted',
            'during-intervention', 'found-in-monitor') OR (reason = 'imported' AND state NOT IN ('OK', 'UP')) THEN 1 ELSE 0 END) AS notifications,
        SUM(CASE WHEN reason IN ('changed', 'changed-before-announced', 'while-flapping') THEN 1 ELSE 0 END) AS changes,
        SUM(CASE WHEN reason IN ('acknowledged', 'acknowledged-in-monitor') THEN 1 ELSE 0 END) AS acknowledgements,
        SUM(CASE WHEN reason = 'flapping-started' THEN 1 ELSE 0 END) AS flappings,
        SUM(CASE WHEN state IN ('DOWN', 'UNREACHABLE') THEN 1 ELSE 0 END) AS downs
    FROM incident_event GROUP BY incident
) step WHERE step.incident = incident.number;
UPDATE incident SET folded_at = NULL WHERE folded_at IS NOT NULL AND number IN (SELECT incident FROM incident_event);

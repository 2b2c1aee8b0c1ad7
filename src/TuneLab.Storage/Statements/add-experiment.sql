INSERT INTO experiments (identity, name, fingerprint, plan, state, reason, created, updated, active_seconds)
VALUES (@identity, @name, @fingerprint, @plan, @state, '', @now, @now, 0)
ON CONFLICT (identity) DO NOTHING

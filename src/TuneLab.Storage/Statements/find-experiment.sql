SELECT id, identity, name, fingerprint, plan, state, reason, created, updated, active_seconds, result
FROM experiments
WHERE identity = @identity

SELECT id, identity, name, fingerprint, plan, state, reason, created, updated, active_seconds, result
FROM experiments
ORDER BY id

SELECT id, entry, worker, began, ended, active_seconds, outcome, reason
FROM slices
WHERE ended IS NULL OR ended >= @since
ORDER BY began, id

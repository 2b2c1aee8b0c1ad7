SELECT id, version, question, kind, hypothesis, expect, impact, effort, setup, state, reason, file, added, updated
FROM backlog
WHERE id = @id

INSERT INTO backlog (version, question, kind, hypothesis, expect, impact, effort, setup, state, reason, file, added, updated)
VALUES (1, @question, @kind, @hypothesis, @expect, @impact, @effort, @setup, @state, @reason, @file, @now, @now)
RETURNING id, version, question, kind, hypothesis, expect, impact, effort, setup, state, reason, file, added, updated

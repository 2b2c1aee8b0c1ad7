SELECT pass, stage, exit_rule, reason, trials, seconds, notes
FROM stages
WHERE experiment = @experiment
ORDER BY pass

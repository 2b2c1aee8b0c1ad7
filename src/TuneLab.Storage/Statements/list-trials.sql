SELECT number, stage, pass, trainer, configuration, status, cached, scores, row_fraction, rounds, started_seconds, finished_seconds, fit_seconds, score_seconds, reason, evaluations
FROM trials
WHERE experiment = @experiment
ORDER BY number

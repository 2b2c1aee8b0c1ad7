SELECT number, stage, pass, trainer, configuration, status, cached, scores, row_fraction, rounds, started_seconds, finished_seconds, fit_seconds, score_seconds, reason, evaluations, round_fraction, fold_fraction, rounds_again
FROM trials
WHERE experiment = @experiment
ORDER BY number

SELECT content_key, trainer, configuration, rounds, losses, metrics, scores, fit_seconds, score_seconds, peak_memory_bytes, stopped, train_rows, valid_rows
FROM evaluations
WHERE content_key IN (@keys)

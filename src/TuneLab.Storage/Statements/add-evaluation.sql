INSERT INTO evaluations (content_key, trainer, configuration, rounds, losses, metrics, scores, fit_seconds, score_seconds, peak_memory_bytes, stopped, train_rows, valid_rows, added)
VALUES (@key, @trainer, @configuration, @rounds, @losses, @metrics, @scores, @fit_seconds, @score_seconds, @peak_memory_bytes, @stopped, @train_rows, @valid_rows, @added)
ON CONFLICT (content_key) DO NOTHING

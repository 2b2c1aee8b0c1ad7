INSERT INTO requests (experiment, request, asked)
VALUES (@experiment, @request, @asked)
ON CONFLICT (experiment) DO UPDATE SET request = excluded.request, asked = excluded.asked

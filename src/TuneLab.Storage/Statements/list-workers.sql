SELECT id, process, machine, state, reason, stop, began, seen
FROM workers
ORDER BY began, id

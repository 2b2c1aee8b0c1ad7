using TuneLab.Errors;
using TuneLab.Experiments;
using TuneLab.Experiments.Commands;
using TuneLab.Experiments.Files;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Queue;

/// <summary>What tells whether the data of an experiment, or the inputs of its program, are still what they were when it was queued.</summary>
public static class DataDigest
{
    /// <summary>SHA-256 of the data file's bytes, 64 lower-case hex characters; of a program's inputs one for each, with blanks between; empty where there is none.</summary>
    /// <exception cref="InputException">A file is not there, or can't be read.</exception>
    public static string Of(ExperimentPlan plan)
        => plan.Command is { } program ? string.Join(' ', program.Inputs.Select(i => Of(i, "input"))) : plan.Data.File.Length == 0 ? "" : Of(plan.Data.File, "data file");

    /// <summary>Why the data of an entry are not those that it was queued with, as a clause, or what else is wrong with its plan; null: nothing. One that repeats takes the data as they are.</summary>
    public static string? Fault(QueueEntry entry)
    {
        try
        {
            var plan = PlanReader.Read(entry.Plan, entry.File);
            var now = Of(plan);
            // a program that was queued before its inputs were looked at has none
            return now == entry.DataDigest || entry.Repeat is not null || (plan.Command is not null && entry.DataDigest.Length == 0) ? null
                : $"{Changed(plan, entry.DataDigest.Split(' '), now.Split(' '))} since it was queued; 'tunelab queue retry {entry.Id}' takes it as it is now";
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }

    private static string Changed(ExperimentPlan plan, string[] then, string[] now)
    {
        if (plan.Command is not { } program)
        {
            return $"the data file '{plan.Data.File}' has changed";
        }

        string[] changed = [.. program.Inputs.Where((_, i) => i >= then.Length || then[i] != now[i]).Select(i => $"'{i}'")];
        return changed.Length == 1 ? $"the program's input {changed[0]} has changed" : $"the program's inputs {string.Join(", ", changed)} have changed";
    }

    private static string Of(string file, string what)
    {
        try
        {
            return InputDigest.Of(file, CancellationToken.None);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"The {what} '{file}' is gone.", "Put it back and use 'tunelab queue retry', or remove the entry.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"The {what} '{file}' can't be read: {e.Message}", "Check its permissions.", e);
        }
    }
}

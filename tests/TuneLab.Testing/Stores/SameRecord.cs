using TuneLab.Storage;
using TuneLab.Storage.Work;

namespace TuneLab.Testing.Stores;

/// <summary>Equality of stored records by content, doubles by their bits.</summary>
public static class SameRecord
{
    /// <summary>Asserts that every field is the same.</summary>
    public static void Assert(Evaluation expected, Evaluation? actual)
    {
        Xunit.Assert.NotNull(actual);
        Xunit.Assert.Equal(expected.Rounds, actual.Rounds);
        Xunit.Assert.Equal(Bits(expected.Losses), Bits(actual.Losses));
        Xunit.Assert.Equal(expected.Metrics, actual.Metrics);
        Xunit.Assert.Equal(Bits(expected.Scores), Bits(actual.Scores));

        // The record's own equality covers the rest, also a field that is added later.
        Xunit.Assert.Equal(expected, actual with { Rounds = expected.Rounds, Losses = expected.Losses, Metrics = expected.Metrics, Scores = expected.Scores });
    }

    /// <summary>Asserts that every field is the same.</summary>
    public static void Assert(FinishedTrial expected, FinishedTrial? actual)
    {
        Xunit.Assert.NotNull(actual);
        Xunit.Assert.Equal(Bits(expected.Scores), Bits(actual.Scores));
        Xunit.Assert.Equal(expected.Evaluations, actual.Evaluations);
        Xunit.Assert.Equal(expected.Configuration.Values, actual.Configuration.Values);
        Xunit.Assert.Equal(expected, actual with { Scores = expected.Scores, Evaluations = expected.Evaluations });
    }

    /// <summary>Asserts that every field is the same.</summary>
    public static void Assert(StageRecord expected, StageRecord? actual)
    {
        Xunit.Assert.NotNull(actual);
        Xunit.Assert.Equal(expected.Notes, actual.Notes);
        Xunit.Assert.Equal(expected, actual with { Notes = expected.Notes });
    }

    /// <summary>Asserts that every field is the same.</summary>
    public static void Assert(QueueEntry expected, QueueEntry? actual)
    {
        Xunit.Assert.NotNull(actual);
        Xunit.Assert.Equal(expected.After, actual.After);
        Xunit.Assert.Equal(expected, actual with { After = expected.After });
    }

    private static IEnumerable<long> Bits(double[] values) => values.Select(BitConverter.DoubleToInt64Bits);
}

using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Testing;

/// <summary>Tables for tests of what sees the label, groups and times but not the features; one feature is there all the same, made of a seed of its own.</summary>
public static class LabelTable
{
    /// <summary>Classes c0, c1, ... with the counts given, in shuffled order.</summary>
    /// <param name="counts">[classes]: rows of each; two classes make a binary task.</param>
    /// <param name="seed">Draws the order.</param>
    /// <param name="groups">How many groups the rows are dealt to at random; 0: no group column.</param>
    /// <param name="times">How many different times the rows are dealt to at random; 0: no time column.</param>
    /// <param name="features">Draws the feature; the splits must not depend on it.</param>
    public static TaskTable Classes(int[] counts, ulong seed, int groups = 0, int times = 0, ulong features = 1)
    {
        double[] target = [.. counts.SelectMany((n, c) => Enumerable.Repeat((double)c, n))];
        new SeededRandom(seed).Shuffle<double>(target);
        return Make(counts.Length == 2 ? LearningTask.Binary : LearningTask.Multiclass, target, [.. counts.Select((_, c) => "c" + c)], seed, groups, times, features);
    }

    /// <summary>Numbers, some of them equal.</summary>
    /// <inheritdoc cref="Classes"/>
    public static TaskTable Numbers(int rows, ulong seed, int groups = 0, int times = 0, ulong features = 1)
    {
        var random = new SeededRandom(seed);
        return Make(LearningTask.Regression, [.. Enumerable.Range(0, rows).Select(_ => Math.Round(10 * random.NextNormal()))], [], seed, groups, times, features);
    }

    private static TaskTable Make(LearningTask task, double[] target, string[] classes, ulong seed, int groups, int times, ulong features)
    {
        var random = new SeededRandom(seed + 1000);
        var feature = new SeededRandom(features);
        var column = new NumberColumn("x", [.. target.Select(_ => feature.NextNormal())]);
        int[] order = [.. Enumerable.Range(0, target.Length)];
        random.Shuffle<int>(order);
        return new TaskTable
        {
            Data = new Dataset("labels.csv", [column]),
            Task = task,
            Roles = new DataRoles { Label = "label", Group = groups > 0 ? "group" : null, Time = times > 0 ? "time" : null, Split = "split" },
            Features = [column],
            Target = target,
            Classes = classes,
            // every group and time is used when there are rows enough
            Groups = groups > 0 ? Array.ConvertAll(order, i => i < groups ? i : random.NextInt(groups)) : null,
            Times = times > 0 ? Array.ConvertAll(order, i => (double)(i < times ? i : random.NextInt(times))) : null,
            GivenValid = Array.ConvertAll(order, i => i % 4 == 0),
            Fingerprint = new string('0', 64),
        };
    }
}

using TuneLab.Metrics;

namespace TuneLab.Analysis.Holdout;

/// <summary>Rows by true and predicted class. Immutable.</summary>
/// <param name="Classes">[classes] their names, by index.</param>
/// <param name="Counts">[true][predicted] rows, whatever their weight.</param>
public sealed record ConfusionTable(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<int>> Counts)
{
    /// <summary>Of predictions of a classification.</summary>
    public static ConfusionTable Of(Predictions predictions, IReadOnlyList<string> classes)
    {
        var counts = new int[classes.Count][];
        for (var c = 0; c < counts.Length; c++)
        {
            counts[c] = new int[classes.Count];
        }

        for (var i = 0; i < predictions.Count; i++)
        {
            counts[(int)predictions.Truth[i]][predictions.Labels[i]]++;
        }

        return new ConfusionTable(classes, counts);
    }
}

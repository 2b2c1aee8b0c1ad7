using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Benchmarks.Honesty;

/// <summary>Made tables of five normal features <c>a</c> to <c>e</c> and a label <c>y</c> of two classes.</summary>
internal static class MadeTable
{
    private const int Features = 5;

    /// <summary>A table.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="strength">How much the label goes by the features: 0 for chance alone, 3 for an area under the ROC curve of about 0.95.</param>
    /// <param name="seed">Draws it.</param>
    public static Dataset Of(int rows, double strength, Seed seed)
    {
        var random = seed.Random();
        var columns = Enumerable.Range(0, Features).Select(_ => new double[rows]).ToArray();
        var label = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            foreach (var column in columns)
            {
                column[i] = random.NextNormal();
            }

            var signal = columns[0][i] + (0.5 * columns[1][i]) + (0.5 * columns[2][i] * columns[3][i]);
            label[i] = random.NextDouble() < 1 / (1 + Math.Exp(-strength * signal)) ? 1 : 0;
        }

        return new Dataset("made.csv", [.. columns.Select((values, i) => (Column)new NumberColumn(((char)('a' + i)).ToString(), values)), new CategoryColumn("y", label, ["no", "yes"])]);
    }
}

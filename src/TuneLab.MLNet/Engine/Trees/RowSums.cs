using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Trees;

/// <summary>What the first rounds of an ensemble add up to for some rows: asked again after more rounds, it walks the new trees only.</summary>
/// <param name="rows">Rows of the matrix.</param>
/// <param name="ensembles">How many scores a row has.</param>
internal sealed class RowSums(int[] rows, int ensembles)
{
    // in the order of the trees and in double precision, as ML.NET adds them
    private readonly double[] _sums = new double[rows.Length * ensembles];
    private int _rounds;

    /// <summary>The score of a row in single precision.</summary>
    public float Score(int row, int ensemble) => (float)_sums[row * ensembles + ensemble];

    /// <summary>Goes to a number of rounds.</summary>
    /// <param name="trees">By ensemble; the first trees are those that were added before.</param>
    /// <param name="rounds">Not less than before, else it begins anew.</param>
    /// <param name="matrix">The features.</param>
    public void Go(IReadOnlyList<SavedTree[]> trees, int rounds, FeatureMatrix matrix)
    {
        if (rounds < _rounds)
        {
            Array.Clear(_sums);
            _rounds = 0;
        }

        var slots = new float[matrix.Layout.Slots];
        for (var i = 0; i < rows.Length && rounds > _rounds; i++)
        {
            matrix.CopyTo(rows[i], slots);
            for (var k = 0; k < ensembles; k++)
            {
                for (var t = _rounds; t < Math.Min(rounds, trees[k].Length); t++)
                {
                    _sums[i * ensembles + k] += trees[k][t].Output(slots);
                }
            }
        }

        _rounds = rounds;
    }
}

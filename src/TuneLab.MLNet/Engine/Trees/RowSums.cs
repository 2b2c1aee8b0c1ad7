using TuneLab.MLNet.Engine.Features;

namespace TuneLab.MLNet.Engine.Trees;

/// <summary>What the first rounds of an ensemble add up to for some rows: asked again after more rounds, it walks the new trees only.</summary>
/// <param name="rows">Rows of the matrix.</param>
/// <param name="ensembles">How many scores a row has.</param>
internal sealed class RowSums(int[] rows, int ensembles)
{
    // rows are laid out for all their trees at once, as many as stay in the processor's cache
    private const int BlockNumbers = 1 << 15;

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

        var length = matrix.Layout.Slots;
        var block = Math.Clamp(BlockNumbers / Math.Max(1, length), 1, rows.Length + 1);
        var slots = new float[block * length];
        for (var first = 0; first < rows.Length && rounds > _rounds; first += block)
        {
            var count = Math.Min(block, rows.Length - first);
            for (var i = 0; i < count; i++)
            {
                matrix.CopyTo(rows[first + i], slots.AsSpan(i * length, length));
            }

            for (var k = 0; k < ensembles; k++)
            {
                foreach (var tree in trees[k].AsSpan(Math.Min(_rounds, trees[k].Length)..Math.Min(rounds, trees[k].Length)))
                {
                    tree.Add(slots.AsSpan(0, count * length), length, _sums.AsSpan(first * ensembles + k), ensembles);
                }
            }
        }

        _rounds = rounds;
    }
}

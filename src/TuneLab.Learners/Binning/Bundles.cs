using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>
/// Finds features that can share a column: those that are at their usual bin in nearly all rows, and never away from it in the same row (one-hot columns, say). First fit in the order of the
/// features (Ke et al. 2017, algorithm 3, with no conflict allowed). All rows of the table are looked at, so that the sharing loses nothing; which features share has no effect on a model.
/// </summary>
internal static class Bundles
{
    /// <summary>A feature is worth bundling from this share of rows in its usual bin on.</summary>
    private const double UsualShare = 0.8;

    /// <summary>So many bundles are tried for each feature, the newest first.</summary>
    private const int MostTried = 32;

    /// <summary>The bundles of two features or more.</summary>
    public static List<List<int>> Find(FeatureTable table, FeatureBins[] features, CancellationToken cancellation)
    {
        var open = new List<Bundle>();
        var away = new List<int>();
        var chunk = new byte[4096];
        for (var f = 0; f < features.Length; f++)
        {
            var usual = UsualBin(features[f]);
            if (usual < 0)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            away.Clear();
            for (var from = 0; from < table.RowCount; from += chunk.Length)
            {
                var bins = chunk.AsSpan(0, Math.Min(chunk.Length, table.RowCount - from));
                features[f].Bin(table.Columns[f], from, bins);
                for (var i = bins.IndexOfAnyExcept((byte)usual); i >= 0 && i < bins.Length;)
                {
                    away.Add(from + i);
                    var next = bins[(i + 1)..].IndexOfAnyExcept((byte)usual);
                    i = next < 0 ? bins.Length : i + 1 + next;
                }
            }

            var codes = features[f].Count - 1;
            var found = false;
            for (var b = open.Count - 1; b >= Math.Max(0, open.Count - MostTried) && !found; b--)
            {
                found = open[b].Codes + codes <= 256 && !open[b].Meets(away);
                if (found)
                {
                    open[b].Add(f, codes, away);
                }
            }

            if (!found)
            {
                open.Add(new Bundle(table.RowCount));
                open[^1].Add(f, codes, away);
            }

            if (open.Count > MostTried)
            {
                open[^(MostTried + 1)].Close();
            }
        }

        return [.. open.Where(b => b.Features.Count > 1).Select(b => b.Features)];
    }

    /// <summary>The bin that nearly all rows are in, or -1.</summary>
    public static int UsualBin(FeatureBins feature)
    {
        var usual = Array.IndexOf(feature.Counts, feature.Counts.Max());
        return feature.Splittable && feature.Count <= 128 && feature.Counts[usual] >= UsualShare * feature.Counts.Sum() ? usual : -1;
    }

    private sealed class Bundle(int rows)
    {
        private ulong[] _taken = new ulong[(rows + 63) / 64];

        public List<int> Features { get; } = [];

        public int Codes { get; private set; } = 1;

        public bool Meets(List<int> away)
        {
            foreach (var row in away)
            {
                if ((_taken[row >> 6] >> row & 1) != 0)
                {
                    return true;
                }
            }

            return false;
        }

        public void Add(int feature, int codes, List<int> away)
        {
            Features.Add(feature);
            Codes += codes;
            foreach (var row in away)
            {
                _taken[row >> 6] |= 1UL << row;
            }
        }

        /// <summary>Frees the memory of one that is not tried any more.</summary>
        public void Close() => _taken = [];
    }
}

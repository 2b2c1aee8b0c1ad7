using TuneLab.Data.Encoding;

namespace TuneLab.Learners.Binning;

/// <summary>Lays a table's features out in columns and blocks, and fills them.</summary>
internal sealed class ColumnPlan
{
    /// <summary>The most cells of a block: 16 bytes each, they should fit the nearest cache beside what else a sum needs.</summary>
    private const int BlockCells = 2048;

    /// <summary>The most columns of a block: a cache line.</summary>
    private const int BlockWidth = 64;

    private const int ChunkRows = 4096;

    private readonly FeatureTable _table;
    private readonly FeatureBins[] _features;
    private readonly List<int[]>[] _columns; // [blocks][columns]: the features of each

    /// <param name="table">The values.</param>
    /// <param name="features">Their bins.</param>
    /// <param name="bundles">Features that share a column.</param>
    public ColumnPlan(FeatureTable table, FeatureBins[] features, List<List<int>> bundles)
    {
        (_table, _features) = (table, features);
        HasMissing = new bool[features.Length];
        Places = new FeaturePlace[features.Length];
        Array.Fill(Places, FeaturePlace.Nowhere);
        var bundleOf = bundles.SelectMany(b => b.Select(f => (Feature: f, Bundle: b))).ToDictionary(p => p.Feature, p => p.Bundle);
        var blocks = new List<(List<int[]> Columns, List<int> Codes)>();
        var column = 0;
        for (var f = 0; f < features.Length; f++)
        {
            var bundle = bundleOf.GetValueOrDefault(f);
            if (!features[f].Splittable || (bundle is not null && bundle[0] != f))
            {
                continue;
            }

            var codes = bundle is null ? features[f].Count : 1 + bundle.Sum(g => features[g].Count - 1);
            if (blocks.Count == 0 || blocks[^1].Codes.Count == BlockWidth || blocks[^1].Codes.Sum() + codes > BlockCells)
            {
                blocks.Add(([], []));
            }

            var first = 1;
            foreach (var member in bundle ?? [f])
            {
                Places[member] = new FeaturePlace(column, blocks.Count - 1, blocks[^1].Codes.Count, bundle is null ? 0 : first, bundle is null ? -1 : Bundles.UsualBin(features[member]));
                first += features[member].Count - 1;
            }

            blocks[^1].Columns.Add(bundle is null ? [f] : [.. bundle]);
            blocks[^1].Codes.Add(codes);
            column++;
        }

        _columns = [.. blocks.Select(b => b.Columns)];
        Blocks = [.. blocks.Select(b => new BinBlock(GC.AllocateUninitializedArray<byte>(checked(b.Codes.Count * table.RowCount)), [.. b.Codes]))];
    }

    /// <summary>Where each feature lies.</summary>
    public FeaturePlace[] Places { get; }

    /// <summary>The blocks, empty before <see cref="Fill(Team, CancellationToken)"/>.</summary>
    public BinBlock[] Blocks { get; }

    /// <summary>[features]: whether any row has no value; known after <see cref="Fill(Team, CancellationToken)"/>.</summary>
    public bool[] HasMissing { get; }

    /// <summary>Writes the codes of all rows.</summary>
    public void Fill(Team team, CancellationToken cancellation)
    {
        var chunks = (_table.RowCount + ChunkRows - 1) / ChunkRows;
        team.For(Blocks.Length * chunks, piece =>
        {
            cancellation.ThrowIfCancellationRequested();
            Fill(piece / chunks, piece % chunks * ChunkRows);
        });
    }

    private void Fill(int block, int from)
    {
        var count = Math.Min(ChunkRows, _table.RowCount - from);
        var codes = (stackalloc byte[ChunkRows])[..count];
        var bins = (stackalloc byte[ChunkRows])[..count];
        var (bytes, width) = (Blocks[block].Bytes, Blocks[block].Width);
        for (var at = 0; at < width; at++)
        {
            foreach (var feature in _columns[block][at])
            {
                var place = Places[feature];
                _features[feature].Bin(_table.Columns[feature], from, place.Bundled ? bins : codes);
                if ((place.Bundled ? bins : codes).Contains((byte)_features[feature].MissingBin))
                {
                    HasMissing[feature] = true; // several threads may say so
                }

                if (place.Bundled)
                {
                    if (place.First == 1)
                    {
                        codes.Clear();
                    }

                    for (var i = 0; i < count; i++)
                    {
                        codes[i] = bins[i] == place.Usual ? codes[i] : place.CodeOf(bins[i]);
                    }
                }
            }

            var to = (long)from * width + at;
            foreach (var code in codes)
            {
                bytes[to] = code;
                to += width;
            }
        }
    }
}

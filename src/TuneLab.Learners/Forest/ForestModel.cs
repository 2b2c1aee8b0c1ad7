using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Trees;
using TuneLab.Learners.Trees.Compiled;
using TuneLab.Training;

namespace TuneLab.Learners.Forest;

/// <summary>What <see cref="ForestTrainer"/> learns: trees whose leaves are averaged.</summary>
internal sealed class ForestModel : ITrainedModel
{
    private readonly LearningTask _task;
    private readonly bool[] _categorical;
    private readonly double[] _constant;
    private readonly Tree[] _trees;
    private readonly CompiledTrees _compiled;

    public ForestModel(LearningTask task, int outputs, bool[] categorical, double[] constant, Tree[] trees)
    {
        (_task, Outputs, _categorical, _constant, _trees) = (task, outputs, categorical, constant, trees);
        _compiled = new CompiledTrees(trees, outputs);
    }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <summary>The trees.</summary>
    public IReadOnlyList<Tree> Trees => _trees;

    /// <inheritdoc/>
    public void Predict(FeatureTable table, double[] values, int threads = 1)
    {
        TableKinds.Check(table, _categorical);
        CompiledTrees.InPieces(table.RowCount, threads, (start, count) => Predict(table, start, values.AsSpan(start * Outputs, count * Outputs)));
    }

    private void Predict(FeatureTable table, int start, Span<double> values)
    {
        values.Clear();
        _compiled.Add(table, start, values);
        Average(values, _trees.Length, _constant);
    }

    /// <summary>Turns sums over trees into means, in place; the constant where there is no tree.</summary>
    public static void Average(Span<double> values, int trees, double[] constant)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = trees == 0 ? constant[i % constant.Length] : values[i] / trees;
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ModelHeader.Write(writer, "TLF1", _task, Outputs, _categorical);
        foreach (var value in _constant)
        {
            writer.Write(value);
        }

        writer.Write(_trees.Length);
        foreach (var tree in _trees)
        {
            TreeFormat.Write(writer, tree);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a model.</exception>
    public static ForestModel Load(BinaryReader reader)
    {
        var (task, outputs, categorical) = ModelHeader.Read(reader, "TLF1", "forest");
        var constant = new double[outputs];
        for (var k = 0; k < outputs; k++)
        {
            constant[k] = reader.ReadDouble();
        }

        var trees = new Tree[TreeFormat.Length(reader)];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = TreeFormat.Read(reader, outputs, categorical);
        }

        return new ForestModel(task, outputs, categorical, constant, trees);
    }
}

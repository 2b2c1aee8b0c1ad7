using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Learners.Trees;
using TuneLab.Learners.Trees.Compiled;
using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>What <see cref="BoostingTrainer"/> learns: a constant and trees per raw score.</summary>
internal sealed class BoostingModel : ITrainedModel
{
    private const string Mark = "TLB2";

    /// <summary>What the first version wrote, which had the task's objective only.</summary>
    private const string MarkWithoutObjective = "TLB1";

    private readonly LearningTask _task;
    private readonly bool[] _categorical;
    private readonly double[] _initial;
    private readonly Tree[] _trees;
    private readonly Objective _objective;
    private readonly CompiledTrees _compiled;

    public BoostingModel(LearningTask task, int outputs, bool[] categorical, Objective objective, double[] initial, Tree[] trees)
    {
        (_task, Outputs, _categorical, _objective, _initial, _trees) = (task, outputs, categorical, objective, initial, trees);
        _compiled = new CompiledTrees(trees, initial.Length);
    }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <summary>The trees, score by score within each round.</summary>
    public IReadOnlyList<Tree> Trees => _trees;

    /// <inheritdoc/>
    public void Predict(FeatureTable table, double[] values, int threads = 1)
    {
        TableKinds.Check(table, _categorical);
        CompiledTrees.InPieces(table.RowCount, threads, (start, count) => Predict(table, start, values.AsSpan(start * _initial.Length, count * _initial.Length)));
    }

    private void Predict(FeatureTable table, int start, Span<double> values)
    {
        for (var row = 0; row < values.Length; row += _initial.Length)
        {
            _initial.CopyTo(values[row..]);
        }

        _compiled.Add(table, start, values);
        for (var row = 0; row < values.Length; row += _initial.Length)
        {
            _objective.Link(values.Slice(row, _initial.Length));
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ModelHeader.Write(writer, Mark, _task, Outputs, _categorical);
        writer.Write((byte)_objective.Kind);
        writer.Write(_objective.Parameter);
        foreach (var score in _initial)
        {
            writer.Write(score);
        }

        writer.Write(_trees.Length);
        foreach (var tree in _trees)
        {
            TreeFormat.Write(writer, tree);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a model.</exception>
    public static BoostingModel Load(BinaryReader reader)
    {
        var (mark, task, outputs, categorical) = ModelHeader.Read(reader, [Mark, MarkWithoutObjective], "boosting");
        var objective = mark == Mark ? Objective.Of((ObjectiveKind)reader.ReadByte(), reader.ReadDouble(), outputs) : Objective.Of(task, outputs);
        if (objective.Scores != outputs)
        {
            throw new InvalidDataException($"The 'boosting' model is damaged: the objective {objective.Kind} with {outputs} outputs.");
        }

        var initial = new double[objective.Scores];
        for (var k = 0; k < initial.Length; k++)
        {
            initial[k] = reader.ReadDouble();
        }

        var trees = new Tree[TreeFormat.Length(reader)];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = TreeFormat.Read(reader, 1, categorical);
        }

        return new BoostingModel(task, outputs, categorical, objective, initial, trees);
    }
}

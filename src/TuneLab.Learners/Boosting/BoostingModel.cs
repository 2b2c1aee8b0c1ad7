using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Learners.Trees;
using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>What <see cref="BoostingTrainer"/> learns: a constant and trees per raw score.</summary>
internal sealed class BoostingModel : ITrainedModel
{
    private readonly LearningTask _task;
    private readonly bool[] _categorical;
    private readonly double[] _initial;
    private readonly Tree[] _trees;
    private readonly Objective _objective;

    public BoostingModel(LearningTask task, int outputs, bool[] categorical, double[] initial, Tree[] trees)
        => (_task, Outputs, _categorical, _initial, _trees, _objective) = (task, outputs, categorical, initial, trees, Objective.Of(task, outputs));

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <summary>The trees, score by score within each round.</summary>
    public IReadOnlyList<Tree> Trees => _trees;

    /// <inheritdoc/>
    public void Predict(FeatureTable table, double[] values)
    {
        var columns = new TableColumns(table, _categorical);
        var scores = _initial.Length;
        for (var i = 0; i < table.RowCount * scores; i++)
        {
            values[i] = _initial[i % scores];
        }

        for (var t = 0; t < _trees.Length; t++)
        {
            var tree = _trees[t];
            for (var row = 0; row < table.RowCount; row++)
            {
                values[row * scores + t % scores] += tree.Leaves[tree.Leaf(columns, row)];
            }
        }

        for (var row = 0; row < table.RowCount; row++)
        {
            _objective.Link(values.AsSpan(row * scores, scores));
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ModelHeader.Write(writer, "TLB1", _task, Outputs, _categorical);
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
        var (task, outputs, categorical) = ModelHeader.Read(reader, "TLB1", "boosting");
        var initial = new double[Objective.Of(task, outputs).Scores];
        for (var k = 0; k < initial.Length; k++)
        {
            initial[k] = reader.ReadDouble();
        }

        var trees = new Tree[TreeFormat.Length(reader)];
        for (var t = 0; t < trees.Length; t++)
        {
            trees[t] = TreeFormat.Read(reader, 1, categorical);
        }

        return new BoostingModel(task, outputs, categorical, initial, trees);
    }
}

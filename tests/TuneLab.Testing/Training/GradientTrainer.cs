using TuneLab.Data;
using TuneLab.Data.Encoding;
using TuneLab.Errors;
using TuneLab.Space;
using TuneLab.Training;

namespace TuneLab.Testing.Training;

/// <summary>
/// A small real learner for tests of what runs trainers: logistic regression by gradient steps, a step a round. It counts the fits that it starts, and fails or waits when a configuration says so.
/// </summary>
/// <param name="id">Its name.</param>
/// <param name="work">Work units of a row, feature and round.</param>
/// <param name="overfits">Whether it says that more rounds can overfit.</param>
public sealed class GradientTrainer(string id = "gradient", double work = 1, bool overfits = true) : ITrainer
{
    private int _fits;

    /// <summary>From which round on a score costs a fit; it is only said, and costs nothing.</summary>
    public int RefitsFrom { get; set; } = int.MaxValue;

    /// <summary>How many runs were started.</summary>
    public int Fits => _fits;

    /// <summary>Called at each round of each run, from many threads.</summary>
    public Action<int>? OnRound { get; set; }

    /// <summary>From now on each round of each run takes so long, by a clock that stands otherwise.</summary>
    /// <returns>This trainer.</returns>
    public GradientTrainer Taking(ManualTime time, double milliseconds)
    {
        OnRound = _ => time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        return this;
    }

    /// <summary>Configurations for which every run fails.</summary>
    public Func<Configuration, bool> Fails { get; set; } = _ => false;

    /// <summary>Its starting points.</summary>
    public IReadOnlyList<Configuration> Starts
    {
        init => Info = Info with { Starts = () => value };
    }

    /// <summary>So many further hyperparameters, <c>idle1</c>, ..., change nothing.</summary>
    public int Idle
    {
        init
        {
            var space = new SearchSpace([.. Space().Parameters, .. Enumerable.Range(1, value).Select(i => new FloatParameter("idle" + i, 0, 1))]);
            Info = Info with { Parameters = space, DefaultSpace = space };
        }
    }

    /// <inheritdoc/>
    public TrainerInfo Info { get; private init; } = new()
    {
        Id = id,
        Summary = "logistic regression by gradient steps",
        Version = 1,
        Engine = "embedded",
        Tasks = [LearningTask.Binary],
        Incremental = true,
        RoundsOverfit = overfits,
        Parameters = Space(),
        DefaultSpace = Space(),
        Default = new Configuration(id, [new("rate", 0.05), new("power", 1), new("kind", "plain")]),
        Cheap = new Configuration(id, [new("rate", 1.0), new("power", 1), new("kind", "plain")]),
        MaxRounds = _ => 20,
        Cost = (_, rows, features, _) => work * rows * features * 20,
    };

    /// <inheritdoc/>
    public ITrainingRun Start(TrainingRequest request, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _fits);
        return Fails(request.Configuration) ? throw new TuneLabException("this configuration can't be learned") : new Run(this, request);
    }

    /// <inheritdoc/>
    public ITrainingRun Resume(TrainingRequest request, BinaryReader reader, CancellationToken cancellation = default)
    {
        var run = new Run(this, request);
        Checkpoint.Read(reader, Info, request, run.Restore);
        return run;
    }

    /// <inheritdoc/>
    public ITrainedModel Load(BinaryReader reader)
    {
        var weights = new double[reader.ReadInt32()];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = reader.ReadDouble();
        }

        return new Model(weights, reader.ReadInt32());
    }

    private static SearchSpace Space() => new(
        new FloatParameter("rate", 0.001, 10, Scale.Log), new IntParameter("power", 1, 3), new ChoiceParameter("kind", "plain", "squashed"));

    private sealed class Model(double[] weights, int power) : ITrainedModel
    {
        public int Outputs => 1;

        public static double Feature(FeatureTable table, int column, int row, int power)
        {
            var value = table.Columns[column] is NumericFeature numeric ? numeric.Values[row] : ((CategoricalFeature)table.Columns[column]).Codes[row];
            return double.IsNaN(value) ? 0 : Math.Sign(value) * Math.Pow(Math.Abs(value), 1.0 / power);
        }

        public double Of(FeatureTable table, int row)
        {
            var sum = weights[^1];
            for (var i = 0; i < table.Columns.Count; i++)
            {
                sum += weights[i] * Feature(table, i, row, power);
            }

            return 1 / (1 + Math.Exp(-sum));
        }

        public void Predict(FeatureTable table, double[] values, int threads = 1)
        {
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = Of(table, row);
            }
        }

        public void Save(BinaryWriter writer)
        {
            writer.Write(weights.Length);
            foreach (var weight in weights)
            {
                writer.Write(weight);
            }

            writer.Write(power);
        }
    }

    private sealed class Run(GradientTrainer owner, TrainingRequest request) : ITrainingRun
    {
        private readonly double[] _weights = new double[request.Fold.Table.Columns.Count + 1];
        private readonly int _power = request.Configuration.Whole("power", 1);

        public int Rounds { get; private set; }

        public bool CanAdvance => Rounds < owner.Info.MaxRounds(request.Configuration);

        public bool ScoringRefits => Rounds >= owner.RefitsFrom;

        public void Advance(int rounds, CancellationToken cancellation)
        {
            for (var i = 0; i < rounds && CanAdvance; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                owner.OnRound?.Invoke(Rounds);
                cancellation.ThrowIfCancellationRequested();
                Step();
                Rounds++;
            }
        }

        public void Predict(int[] rows, double[] values)
        {
            var model = new Model(_weights, _power);
            for (var i = 0; i < rows.Length; i++)
            {
                values[i] = model.Of(request.Fold.Table, rows[i]);
            }
        }

        public ITrainedModel Complete() => new Model((double[])_weights.Clone(), _power);

        public void Save(BinaryWriter writer) => Checkpoint.Write(writer, owner.Info, request, state =>
        {
            state.Write(Rounds);
            foreach (var weight in _weights)
            {
                state.Write(weight);
            }
        });

        public void Restore(BinaryReader state)
        {
            Rounds = state.ReadInt32();
            for (var i = 0; i < _weights.Length; i++)
            {
                _weights[i] = state.ReadDouble();
            }
        }

        public void Dispose()
        {
        }

        private void Step()
        {
            var table = request.Fold.Table;
            var model = new Model((double[])_weights.Clone(), _power);
            var rate = request.Configuration.Number("rate", 0.05) / request.Rows.Length * (request.Configuration.Choice("kind", "plain") == "squashed" ? 0.5 : 1);
            foreach (var row in request.Rows)
            {
                var error = request.Fold.Target[row] - model.Of(table, row);
                for (var i = 0; i < table.Columns.Count; i++)
                {
                    _weights[i] += rate * error * Model.Feature(table, i, row, _power);
                }

                _weights[^1] += rate * error;
            }
        }
    }
}

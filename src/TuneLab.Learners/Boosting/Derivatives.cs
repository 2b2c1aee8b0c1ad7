using TuneLab.Learners.Boosting.Objectives;
using TuneLab.Training;

namespace TuneLab.Learners.Boosting;

/// <summary>The objective's derivatives at the scores of a round, made score by score in blocks of rows: the blocks are the same for any number of threads.</summary>
internal sealed class Derivatives
{
    private const int BlockRows = 1024;

    private readonly Objective _objective;
    private readonly TrainingData _data;
    private readonly double[] _scores;
    private readonly Team _team;
    private readonly double[] _shared;
    private readonly (double Gradients, double Hessians)[] _sums;
    private readonly Action<int> _prepare;
    private readonly Action<int> _derive;
    private readonly Action<int> _convert;
    private int _score;

    /// <param name="objective">What is minimised.</param>
    /// <param name="data">The training rows.</param>
    /// <param name="scores">[scores x rows]: their raw scores, read at each call.</param>
    /// <param name="team">The threads that may help.</param>
    public Derivatives(Objective objective, TrainingData data, double[] scores, Team team)
    {
        (_objective, _data, _scores, _team) = (objective, data, scores, team);
        var rows = data.Target.Length;
        Pairs = new GradientPairs(rows, data.HasWholeWeights ? data.Weights : null); // weights that are not whole can't stand for rows: each row counts once
        _shared = objective.HasShared ? new double[rows] : [];
        _sums = new (double, double)[(rows + BlockRows - 1) / BlockRows];
        (_prepare, _derive, _convert) = (Prepare, Derive, Convert);
    }

    /// <summary>The derivatives of the score that <see cref="Make"/> was called for last.</summary>
    public GradientPairs Pairs { get; }

    /// <summary>Begins a round: what all scores share is made from the scores as they are now.</summary>
    public void BeginRound()
    {
        _objective.BeginRound(_data.Target, _data.LossWeights, _scores);
        if (_objective.HasShared)
        {
            _team.For(_sums.Length, _prepare);
        }
    }

    /// <summary>Fills <see cref="Pairs"/> for one score.</summary>
    public void Make(int score)
    {
        _score = score;
        _team.For(_sums.Length, _derive);
        double gradients = 0, hessians = 0;
        foreach (var sum in _sums)
        {
            gradients += sum.Gradients;
            hessians += sum.Hessians;
        }

        Pairs.Scale(gradients, hessians);
        _team.For(_sums.Length, _convert);
    }

    private (int From, int Count) Rows(int block) => (block * BlockRows, Math.Min(BlockRows, _data.Target.Length - block * BlockRows));

    private void Prepare(int block)
    {
        var (from, count) = Rows(block);
        _objective.Prepare(_scores, _data.Target.Length, from, _shared.AsSpan(from, count));
    }

    private void Derive(int block)
    {
        var (from, count) = Rows(block);
        var gradients = (stackalloc double[BlockRows])[..count];
        var hessians = (stackalloc double[BlockRows])[..count];
        var shared = _shared.Length == 0 ? default : _shared.AsSpan(from, count);
        var scores = _scores.AsSpan(_score * _data.Target.Length + from, count);
        _objective.Derive(new ScoreBlock(_score, _data.Target.AsSpan(from, count), _data.LossWeights is null ? default : _data.LossWeights.AsSpan(from, count), scores, shared), gradients, hessians);
        _sums[block] = Pairs.Put(from, gradients, hessians);
    }

    private void Convert(int block)
    {
        var (from, count) = Rows(block);
        Pairs.Convert(from, from + count);
    }
}
